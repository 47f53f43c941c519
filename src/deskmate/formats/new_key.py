"""Keys for steps and pictures that have none yet: the one place where chance comes in."""

from __future__ import annotations

import os


def new_key() -> str:
    """A key that no other step or picture has: twelve hex digits."""
    return os.urandom(6).hex()
