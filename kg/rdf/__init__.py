"""Facts become RDF: terms, one mapping a kind of fact, validation."""
