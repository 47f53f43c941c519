"""People out of vCard files, versions 2.1, 3.0 and 4.0: one card is one person or one Failure with the reason.

RFC 6350 and RFC 2426; of 2.1 the quoted-printable values and their soft line ends.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from deskmate.domain.imported import Failure, ImportPerson
from deskmate.errors import DeskmateError
from deskmate.formats.csv_table import decode
from deskmate.formats.people import Unclear, import_person

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPLIT = re.compile(r"(?<!\\)(?:\\\\)*;")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_PROPERTIES = frozenset({"FN", "N", "EMAIL", "TEL", "ORG", "ADR", "KIND", "X-ROOM", "X-DEPARTMENT"})


class _Property:
    """One line of a card: its name, its parameters in capitals, its value as it stands."""

    def __init__(self, name: str, params: list[str], value: str) -> None:
        self.name = name
        self.params = params
        self.value = value

    def says(self, word: str) -> bool:
        """Whether a parameter such as ``TYPE=work`` names this word."""
        return any(word in re.split(r"[=,\"]", param) for param in self.params)

    @property
    def text(self) -> str:
        """The value as text."""
        return _unescaped(self._plain())

    @property
    def parts(self) -> list[str]:
        """The value as the components it has."""
        plain, parts, start = self._plain(), [], 0
        for end in _SPLIT.finditer(plain):
            parts.append(plain[start : end.end() - 1])
            start = end.end()
        return [_unescaped(part).strip() for part in [*parts, plain[start:]]]

    def _plain(self) -> str:
        if not self.says("QUOTED-PRINTABLE"):
            return self.value
        data = quopri.decodestring(self.value.encode("ascii", "ignore"))
        charset = next((param.partition("=")[2] for param in self.params if param.startswith("CHARSET=")), "UTF-8")
        try:
            return data.decode(charset.strip('"'))
        except (LookupError, UnicodeDecodeError):
            return data.decode("cp1252", "replace")


def people(data: bytes) -> tuple[list[ImportPerson], list[Failure]]:
    """Every card as a person or as a failure, each in the order of the file.

    Raises DeskmateError for a file without cards, and for bytes that fit no encoding.
    """
    text, _encoding = decode(data)
    found: list[ImportPerson] = []
    failures: list[Failure] = []
    for line, card in _cards(text):
        try:
            if card is None:
                raise Unclear("this card has no END:VCARD")
            found.append(import_person(line, _said(card)))
        except Unclear as unclear:
            failures.append(Failure(line, str(unclear)))
    if not found and not failures:
        raise DeskmateError(
            "There is no vCard in this file. Nothing was imported.", "A card begins with BEGIN:VCARD."
        )
    return found, failures


def _cards(text: str) -> Iterator[tuple[int, list[_Property] | None]]:
    """Each card with the line it begins on; None for one that is cut off."""
    began = 0
    card: list[_Property] = []
    for number, line in _lines(text):
        head = line.strip().upper()
        if head == "BEGIN:VCARD":
            if began:
                yield began, None
            began, card = number, []
        elif head == "END:VCARD" and began:
            yield began, card
            began = 0
        elif began and (found := _property(line)):
            card.append(found)
    if began:
        yield began, None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines as they were before they were folded, each with the number of its first."""
    began, whole = 1, ""
    for number, line in enumerate(_NEWLINE.split(text), 1):
        if whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper():
            whole = whole[:-1] + line.lstrip(" \t")  # a soft line end of 2.1
        elif line[:1] in (" ", "\t") and whole:
            whole += line[1:]
        else:
            yield began, whole
            began, whole = number, line
    yield began, whole


def _property(line: str) -> _Property | None:
    """What a line says; None for one that is none, and for what nobody asks about."""
    head, colon, value = _parted(line)
    name, *params = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", head)
    name = name.rpartition(".")[2].strip().upper()  # item1.TEL
    if not colon or name not in _PROPERTIES:
        return None
    return _Property(name, [param.strip().upper() for param in params], value)


def _parted(line: str) -> tuple[str, str, str]:
    """Head and value, parted at the first colon that stands in no quotes."""
    quoted = False
    for place, char in enumerate(line[:2_000]):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _said(card: list[_Property]) -> dict[str, str]:
    """What a card says, by field. Raises Unclear for a card of no person."""
    kind = next((each.text.strip().casefold() for each in card if each.name == "KIND"), "individual")
    if kind not in ("individual", ""):
        raise Unclear(f"this card is of a {kind}, not of a person")
    organisation = _best(card, "ORG")
    address = _best(card, "ADR")
    email, phone = _best(card, "EMAIL"), _best(card, "TEL")
    units = organisation.parts[1:] if organisation else []
    return {
        "name": _name(card),
        "email": email.text.strip().removeprefix("mailto:") if email else "",
        "phone": phone.text.strip().removeprefix("tel:") if phone else "",
        # Where an address has an office, it stands before the street.
        "room": _text(card, "X-ROOM") or (address.parts[1] if address and len(address.parts) > 1 else ""),
        "department": _text(card, "X-DEPARTMENT") or ", ".join(filter(None, units)),
    }


def _name(card: list[_Property]) -> str:
    name = _text(card, "FN")
    if name:
        return name
    parts = next((each.parts for each in card if each.name == "N"), [])
    family, given, middle = [*parts, "", "", ""][:3]
    return " ".join(filter(None, (given, middle, family)))


def _text(card: list[_Property], name: str) -> str:
    return next((each.text.strip() for each in card if each.name == name and each.text.strip()), "")


def _best(card: list[_Property], name: str) -> _Property | None:
    """The property of this name to take: the preferred one, then the one for work; never a fax."""
    found = [each for each in card if each.name == name and each.value.strip() and not each.says("FAX")]
    return min(found, key=lambda each: (not each.says("PREF"), not each.says("WORK")), default=None)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
