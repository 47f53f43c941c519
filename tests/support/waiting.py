"""How long tests wait."""

PATIENCE = 30.0
"""Seconds until a test gives up on something that comes by itself. It costs nothing where that comes."""
