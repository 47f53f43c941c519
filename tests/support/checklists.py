"""Checklists for tests, made as the technician makes them."""

from __future__ import annotations

from deskmate.domain.checklist import Content, Item, Kind, Mode
from deskmate.domain.maintenance import SaveChecklist
from deskmate.services.desk import Desk

PATCHES = Content(
    (
        Item("Notice sent to all", 1),
        Item("Restore point taken", 2, evidence=True),
        Item("Free space", 3, Kind.VALUE, unit="%", low=15, warn_low=20, expected="a fifth on every volume"),
        Item("Lamp at the rack", 4, Kind.CHOICE, choices=("green", "amber")),
        Item("Sign block ended", 5),
    ),
    Mode.IN_ORDER,
    minutes=60,
)
"""One of each kind, in order."""


def listed(desk: Desk, name: str = "Patch round", content: Content = PATCHES, key: int | None = None) -> int:
    """A checklist of this name, or with ``key`` its next revision; returns its key."""
    return desk.run(SaveChecklist(name, content, key)).made or key or 0
