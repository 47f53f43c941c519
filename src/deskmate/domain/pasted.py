"""What was pasted: is it too much for a line?"""

from __future__ import annotations

TEXT_LIMIT = 20_000
"""Bytes of a paste that is still text of a request; more is kept as a file."""
LINE_LIMIT = 2_000
"""Characters one of its lines may have."""


def is_large(text: str) -> bool:
    """Whether a paste is kept whole as a file instead of being put into a field."""
    if len(text) > TEXT_LIMIT or len(text.encode("utf-8", "replace")) > TEXT_LIMIT:
        return True
    return any(len(line) > LINE_LIMIT for line in text.splitlines())
