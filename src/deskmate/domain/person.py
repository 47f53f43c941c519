"""The people a desk knows: those who ask, and those one can turn to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from deskmate.domain import values
from deskmate.domain.text import NAME_LIMIT


class PersonKind(StrEnum):
    """What somebody is to the desk. All but requesters belong to the technician's own network."""

    REQUESTER = "requester"
    CONTACT = "contact"
    MENTOR = "mentor"
    VENDOR = "vendor"
    SUPERVISOR = "supervisor"
    HR = "hr"


class Experience(StrEnum):
    """How much at home somebody is with computers: how to explain things to them."""

    BEGINNER = "beginner"
    EVERYDAY = "everyday"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, with ``details`` worth remembering. ``key`` tells two of one name apart; 0 before they are stored."""

    key: int = 0
    name: str = ""
    email: str = ""
    phone: str = ""
    room: str = ""
    department: str = ""
    kind: PersonKind = PersonKind.REQUESTER
    vip: bool = False
    experience: Experience | None = None
    details: str = ""


def _name(typed: str) -> str:
    name = values.one_line(typed, NAME_LIMIT)
    if not name:
        raise values.Wrong("a person needs a name")
    return name


_READ: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "email": values.email,
    "phone": values.one_line,
    "room": values.one_line,
    "department": values.one_line,
    "kind": lambda typed: values.choice(typed, PersonKind),
    "vip": values.yes,
    "experience": lambda typed: values.choice(typed, Experience) if typed.strip() else None,
    "details": values.text,
}
FIELDS = tuple(_READ)
"""What can be said of a person, in the order in which a form asks."""


def typed(person: Person) -> dict[str, str]:
    """The card of a person as it would be typed, by field."""
    shown = {field: getattr(person, field) for field in FIELDS}
    return {**{field: str(value or "") for field, value in shown.items()}, "vip": "yes" if person.vip else "no"}


def changed(person: Person, said: Mapping[str, str]) -> Person:
    """The person with these values, as typed. Raises WrongValues naming each field that can not be taken."""
    said = said if person.name else {"name": "", **said}
    return replace(person, **values.taken(_READ, said))


def merged(kept: Person, other: Person) -> Person:
    """One card of two: what the first does not know comes from the second, and nothing to remember is lost."""
    values = {field: getattr(kept, field) or getattr(other, field) for field in FIELDS}
    if kept.kind is PersonKind.REQUESTER:
        values["kind"] = other.kind
    if kept.details and other.details and other.details not in kept.details:
        values["details"] = f"{kept.details}\n{other.details}"
    return replace(kept, **values)
