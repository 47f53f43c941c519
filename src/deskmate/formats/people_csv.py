"""People out of a table: the export of a directory, with its columns in English, in German, or named as in LDAP.

One record is one person or one Failure with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deskmate.domain.imported import Failure, ImportPerson
from deskmate.errors import UsageError
from deskmate.formats.csv_table import Table
from deskmate.formats.people import Unclear, import_person

# How columns are called, without case and everything that is no letter or digit; the better name first.
_CALLED = {
    "name": "name fullname displayname cn commonname anzeigename vollername vollständigername fileas person employee"
    " mitarbeiter mitarbeiterin",
    "first_name": "firstname givenname forename vorname",
    "last_name": "lastname surname familyname sn nachname familienname zuname",
    "email": "email mail emailaddress mailaddress primaryemail workemail emailadresse mailadresse email1value"
    " userprincipalname",
    "phone": "phone telephone telephonenumber phonenumber businessphone workphone officephone phone1value telefon"
    " telefonnummer telefongeschäftlich rufnummer durchwahl extension mobile mobilephone mobil handy",
    "room": "room roomnumber physicaldeliveryofficename office officelocation raum raumnummer zimmer zimmernummer"
    " büro bürostandort",
    "department": "department dept departmentname departmentnumber ou organizationalunit organizationalunitname"
    " abteilung abteilungsname team unit division bereich",
}  # fmt: skip
FIELDS = tuple(_CALLED)
"""What a column can be mapped to."""


def people(table: Table, mapping: Mapping[str, str]) -> tuple[list[ImportPerson], list[Failure]]:
    """Every record as a person or as a failure, each in the order of the file.

    ``mapping`` leads from fields to columns; the columns of other fields are known by their names. Raises UsageError
    for a field there is not, a column the file has not, and when nothing says who it is.
    """
    for field, column in mapping.items():
        if field not in FIELDS:
            raise UsageError(f"There is no field {field!r} to map to.", f"There are: {', '.join(FIELDS)}")
        if column not in table.columns:
            raise UsageError(f"The file has no column {column!r}.", f"There are: {', '.join(table.columns)}")
    places = {field: [table.columns.index(column)] for field, column in mapping.items()}
    for field in FIELDS:
        places.setdefault(field, _columns(table.columns, field))
    if not any(places[field] for field in ("name", "first_name", "last_name", "email")):
        hint = f"Name the column with --map name=…: {', '.join(table.columns)}"
        raise UsageError("Nothing says which column holds the name.", hint)
    if places["first_name"] and not places["last_name"] and "name" not in mapping:
        # Beside a first name, a column called just "Name" is the other half of it.
        places["last_name"], places["name"] = places["name"], []
    found: list[ImportPerson] = []
    failures: list[Failure] = []
    for line, cells in table.rows:
        said = {field: _first(cells, places[field]) for field in FIELDS}
        if not said["name"]:
            said["name"] = f"{said['first_name']} {said['last_name']}".strip()
        try:
            found.append(import_person(line, said))
        except Unclear as unclear:
            failures.append(Failure(line, str(unclear)))
    return found, failures


def _columns(columns: Iterable[str], field: str) -> list[int]:
    """The places of the columns that may hold a field, the better name first."""
    called = [_letters(column) for column in columns]
    return [called.index(name) for name in _CALLED[field].split() if name in called]


def _letters(column: str) -> str:
    return "".join(filter(str.isalnum, column.casefold()))


def _first(cells: list[str], places: list[int]) -> str:
    """The first of these cells that says something."""
    return next((cells[place].strip() for place in places if cells[place].strip()), "")
