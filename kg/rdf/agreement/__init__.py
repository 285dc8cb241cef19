"""What several documents say of the same number: where they agree, and where they contradict each other."""
