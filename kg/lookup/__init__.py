"""Questions in words: search, who leads what, and what the documents say, each answer with its place."""

from kg.lookup.lookup import Lookup

__all__ = ["Lookup"]
