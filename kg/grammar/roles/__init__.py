"""The labels that documents print before a list of bodies, in notes, lines and the heads of tables."""
