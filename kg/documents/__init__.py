"""Source files become documents: page furniture, broken lines, tags, and several documents bundled in one file."""
