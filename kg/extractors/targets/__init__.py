"""Room of the targets: quantified goals, each with its comparator and the year by which."""
