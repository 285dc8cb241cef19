"""The rooms: one a kind of fact. Each reads an outline and yields facts with their evidence."""
