"""Measures a built graph against gold: facts that careful readers wrote down from the same sources."""
