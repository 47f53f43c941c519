"""What requests are about. No inventory: a name, whose it is, where it stands, and what is worth knowing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from deskmate.domain import values
from deskmate.domain.text import NAME_LIMIT


@dataclass(frozen=True, slots=True)
class Device:
    """A thing. ``owner`` is the name of the person ``person`` it belongs to; ``key`` is 0 before it is stored."""

    key: int = 0
    name: str = ""
    kind: str = ""
    person: int | None = None
    owner: str = ""
    room: str = ""
    notes: str = ""


def _name(typed: str) -> str:
    name = values.one_line(typed, NAME_LIMIT)
    if not name:
        raise values.Wrong("a device needs a name")
    return name


_READ: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "kind": values.one_line,
    "owner": lambda typed: values.one_line(typed, NAME_LIMIT),
    "room": values.one_line,
    "notes": values.text,
}
FIELDS = tuple(_READ)
"""What can be said of a device, in the order in which a form asks."""


def typed(device: Device) -> dict[str, str]:
    """The card of a device as it would be typed, by field."""
    return {field: str(getattr(device, field)) for field in FIELDS}


def changed(device: Device, said: Mapping[str, str]) -> Device:
    """The device with these values, as typed. Raises WrongValues naming each field that can not be taken.

    Who an ``owner`` is has to be looked up: ``person`` stays as it was.
    """
    said = said if device.name else {"name": "", **said}
    return replace(device, **values.taken(_READ, said))
