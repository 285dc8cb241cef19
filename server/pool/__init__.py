"""Queries run in processes of their own, which can be stopped when the engine can't."""
