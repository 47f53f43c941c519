"""The checklists one can begin with: texts that come with the package."""

from __future__ import annotations

import os

import deskmate
from deskmate.formats.checklist_text import Written, read

FOLDER = os.path.join(os.path.dirname(deskmate.__file__), "starters")


def starters() -> tuple[Written, ...]:
    """All of them, from daily to yearly. Those without a schedule are run for a request."""
    found: list[Written] = []
    for name in sorted(os.listdir(FOLDER)):
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            found += read(file.read())
    return tuple(found)
