"""Enterprises: companies by their full names, their short names, and the lists that they stand in."""
