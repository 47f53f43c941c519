"""What a directory says of one person, made a row of an import, whatever the file it came in."""

from __future__ import annotations

from collections.abc import Mapping

from deskmate.domain import person
from deskmate.domain.imported import ImportPerson
from deskmate.domain.values import WrongValues

FIELDS = ("name", "email", "phone", "room", "department")
"""What a directory knows; what is remembered of somebody is not in it."""
_NOTHING = ("", "-", "–", "?", "n/a", "none", "null")


class Unclear(ValueError):
    """A row or card that can not be taken; the text says why."""


def import_person(line: int, said: Mapping[str, str]) -> ImportPerson:
    """The row. Who has no name goes by the address. Raises Unclear."""
    known = {field: value for field in FIELDS if (value := said.get(field, "")).strip().casefold() not in _NOTHING}
    if not known.get("name"):
        if not known.get("email"):
            raise Unclear("no name and no e-mail address")
        known["name"] = known["email"]
    try:
        read = person.changed(person.Person(), known)
    except WrongValues as wrong:
        raise Unclear("; ".join(wrong.problems.values())) from None
    return ImportPerson(line, read.name, read.email, read.phone, read.room, read.department)
