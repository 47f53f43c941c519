"""Addresses in plain text: what becomes a link in what leaves, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ADDRESS = re.compile(
    r"(?P<web>https?://[^\s<>\"“”„‘’|\\^`{}]+)"
    r"|(?P<uri>(?:mailto|tel):[^\s<>\"“”„‘’|\\^`{}]+)"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_AFTER = ".,;:!?'*"
"""What stands behind an address and is none of it."""


class Piece(NamedTuple):
    """A stretch of text, and where it leads; empty for nowhere. Only http, https, mailto and tel lead anywhere."""

    text: str
    target: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Text in stretches that lead somewhere or not. Put together they are the text."""
    end = 0
    for found in _ADDRESS.finditer(text):
        address = _without_what_follows(found[0])
        if found["web"] and len(address) <= len("https://"):
            continue
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield Piece(address, f"mailto:{address}" if found["mail"] else address)
        end = found.start() + len(address)
    if end < len(text):
        yield Piece(text[end:])


def _without_what_follows(address: str) -> str:
    while address:
        last = address[-1]
        opening = {")": "(", "]": "["}.get(last)
        if last in _AFTER or (opening and address.count(opening) < address.count(last)):
            address = address[:-1]
        else:
            break
    return address
