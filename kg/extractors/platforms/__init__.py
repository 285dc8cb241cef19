"""Platforms: named carriers, facilities, parks, bases, exchanges, projects, institutes and exhibitions."""
