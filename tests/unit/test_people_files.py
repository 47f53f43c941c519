"""People out of the exports of directories and out of cards."""

from __future__ import annotations

import pytest

from deskmate.domain.imported import Failure, ImportPerson
from deskmate.errors import DeskmateError, UsageError
from deskmate.formats import csv_table, people_csv, vcard
from tests.nasty import entries

ANNA = ImportPerson(2, "Anna Müller", "anna@example.org", "117", "2.14", "Buchhaltung")


def read(text: str, encoding: str = "utf-8", **mapping: str) -> tuple[list[ImportPerson], list[Failure]]:
    """A table as a file would hold it."""
    return people_csv.people(csv_table.read(text.encode(encoding)), mapping)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    "header",
    [
        "Name;E-Mail;Phone;Room;Department",
        "displayName;mail;telephoneNumber;physicalDeliveryOfficeName;department",
        "Anzeigename;E-Mail-Adresse;Telefon (geschäftlich);Zimmer;Abteilung",
        "cn;userPrincipalName;Durchwahl;Büro;ou",
    ],
)
def test_columns_are_known_by_their_names(header: str, encoding: str) -> None:
    found, failed = read(f"{header}\r\nAnna Müller;anna@example.org;117;2.14;Buchhaltung\r\n", encoding)
    assert (found, failed) == ([ANNA], [])


@pytest.mark.parametrize(
    "header", ["First name,Last name,Mail", "Vorname,Nachname,E-Mail", "givenName,sn,mail", "Vorname,Name,Mail"]
)
def test_a_name_in_two_columns(header: str) -> None:
    found, _failed = read(f"{header}\nAnna,Müller,anna@example.org\n")
    assert found == [ImportPerson(2, "Anna Müller", "anna@example.org")]


def test_columns_can_be_named_and_the_rest_is_still_known() -> None:
    found, _failed = read("Name,Mail,Sitz\nAnna,anna@example.org,2.14\n", room="Sitz")
    assert found == [ImportPerson(2, "Anna", "anna@example.org", room="2.14")]
    with pytest.raises(UsageError, match="no column"):
        read("Name\nAnna\n", room="Sitz")
    with pytest.raises(UsageError, match="no field"):
        read("Name\nAnna\n", seat="Name")
    with pytest.raises(UsageError, match="which column holds the name"):
        read("Room\n2.14\n")


def test_the_second_number_counts_where_there_is_no_first() -> None:
    found, _failed = read("name,mobile,telephoneNumber\nAnna,0171,117\nBea,0172,\n")
    assert [row.phone for row in found] == ["117", "0172"]


def test_rows_that_can_not_be_taken_are_named() -> None:
    found, failed = read("Name,Mail\nAnna,anna\n,\n-,n/a\n,bea@example.org\n" + "x" * 121 + ",\n")
    assert found == [ImportPerson(5, "bea@example.org", "bea@example.org")]
    assert failed == [
        Failure(2, "“anna” has no @"),
        Failure(4, "no name and no e-mail address"),
        Failure(6, "at most 120 characters, not 121"),
    ]


CARD = """BEGIN:VCARD\r
VERSION:3.0\r
N:Müller;Anna;;Dr.;\r
FN:Anna Mü\r
 ller\r
item1.EMAIL;TYPE=HOME:anna@home.example\r
EMAIL;TYPE="work,pref":anna@example.org\r
TEL;TYPE=FAX,WORK:118\r
TEL;TYPE=CELL:0171\r
TEL;TYPE=WORK:117\r
ORG:Example\\, Inc.;Buchhaltung\r
ADR;TYPE=WORK:;2.14;Street 1;Town;;;\r
PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r
 BBBB\r
NOTE:END:VCARD\r
END:VCARD\r
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=
ller;Anna
TEL;WORK;VOICE:117
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Anna Müller
TEL;VALUE=uri;PREF=1:tel:+49-30-117
EMAIL:anna@example.org
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Everybody
END:VCARD
"""


def test_cards_of_every_version() -> None:
    assert vcard.people(CARD.encode())[0] == [ImportPerson(1, *(ANNA.name, ANNA.email, "117", "2.14", "Buchhaltung"))]
    assert vcard.people(CARD.encode("cp1252"))[0][0].name == "Anna Müller"
    assert vcard.people(OLD.encode())[0] == [ImportPerson(1, "Anna Müller", phone="117")]
    found, failed = vcard.people((OLD + NEW).encode("utf-8-sig"))
    assert [(row.line, row.name, row.phone) for row in found] == [
        (1, "Anna Müller", "117"),
        (7, "Anna Müller", "+49-30-117"),
    ]
    assert failed == [Failure(14, "this card is of a group, not of a person")]


def test_a_card_that_is_cut_off_costs_no_other() -> None:
    found, failed = vcard.people(b"BEGIN:VCARD\nFN:Bea\nBEGIN:VCARD\nFN:Anna\nEND:VCARD\nBEGIN:VCARD\nFN:E")
    assert [row.name for row in found] == ["Anna"]
    assert failed == [Failure(1, "this card has no END:VCARD"), Failure(6, "this card has no END:VCARD")]
    with pytest.raises(DeskmateError, match="no vCard"):
        vcard.people(b"Name,Mail\nAnna,\n")


def test_hostile_texts_are_read_or_named() -> None:
    for _id, text in entries():
        said = text.replace("\n", " ").replace("\r", " ").replace("\0", "")
        data = f"BEGIN:VCARD\nFN:{said}\nROLE:{said}\nORG:a;{said}\nTEL;{said}:1\nEND:VCARD\n"
        found, failed = vcard.people(data.encode("utf-8", "replace"))
        assert len(found) + len(failed) == 1
        assert not any(char in row.name + row.department for row in found for char in "\x1b\n\r\x07\u202e")
