"""A document's outline: chapters, sections, items, and the sentences that stand under them."""
