"""The figures of a document: each number that states something, with its clause, its subject and its time."""
