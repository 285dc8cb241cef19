"""Reads industrial policy documents into a knowledge graph whose every fact shows its sentence."""
