"""``import`` of a directory and of cards in the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

TABLE = "displayName;mail;Zimmer\nAda Weber;ada@example.org;2.14\nBea;bea;\n"


def test_a_directory_is_imported_once(shell: Shell, desk_folder: Path) -> None:
    assert shell("import", "-", "--from-format", "people", "--dry-run", stdin=TABLE.encode()).out == (
        "people: would be 1 new, 0 updated, 0 unchanged. Nothing was written.\n"
    )
    assert not desk_folder.exists()
    for created, unchanged in ((1, 0), (0, 1)):
        ended = shell("import", "-", "--from-format", "people", "--json", stdin=TABLE.encode())
        assert ended.code == 1
        assert ended.json == {
            "created": created,
            "updated": 0,
            "unchanged": unchanged,
            "edited": [],
            "failed": [{"row": 3, "reason": "“bea” has no @"}],
        }
    assert shell("add", "no sound", "--from", "weber").code == 0
    assert shell("list", "--json").json[0]["requester"] == "Ada Weber"
    assert shell("undo").code == 0
    assert shell("undo").out == "undid: imported 1 person\n"
    assert shell("person", "list", "--json").json == []


def test_cards_are_known_by_the_name_of_their_file(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text("BEGIN:VCARD\nFN:Ada Weber\nEND:VCARD\n")
    ended = shell("import", str(file))
    assert (ended.code, ended.err) == (0, "people: 1 new, 0 updated, 0 unchanged\n")
    again = shell("import", str(file), str(file))
    assert again.err.endswith("  line 1: Ada Weber is on line 1 already\n")


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (("--from-format", "xml"), 2, "it is one of csv, people, vcard"),
        (("--from-format", "vcard"), 1, "There is no vCard in this file"),
        (("--from-format", "vcard", "--map", "name=Name"), 2, "--map is for tables"),
        (("--from-format", "people", "--source", "x"), 2, "--source is for requests"),
        (("--from-format", "people", "--map", "name=Nome"), 2, "no column"),
    ],
)
def test_what_is_refused_says_why(shell: Shell, options: tuple[str, ...], code: int, why: str) -> None:
    ended = shell("import", "-", *options, stdin=TABLE.encode())
    assert ended.code == code
    assert why in ended.err
