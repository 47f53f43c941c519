"""``add``: whatever is typed becomes a request."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import deskmate
from deskmate.domain.text import TITLE_LIMIT
from tests.cli.conftest import Shell
from tests.support.desks import looking


def test_prints_the_number_and_nothing_else(shell: Shell) -> None:
    assert (shell("add", "printer", "jams").out, shell("add", "again").out) == ("D-1\n", "D-2\n")
    assert shell("add", "third").err == ""


def test_options_and_marks(shell: Shell) -> None:
    said = ("add", "printer jams !wait !one !chat", "--impact", "several", "--urgency=stuck", "--via", "phone")
    assert shell(*said, "--from", "Ann Weber", "--tag", "#hp", "--tag", "HP", "--tag", "floor 2").code == 0
    found = shell("show", "1", "--json").json
    assert found["title"] == "printer jams"
    assert found["requester"] == "Ann Weber"
    assert found["channel"] == "phone"
    assert (found["impact"], found["urgency"], found["priority"]) == ("several", "stuck", "P1")
    assert found["tags"] == ["floor 2", "hp"]


def test_unknown_names_are_kept_as_typed_with_a_hint(shell: Shell) -> None:
    ended = shell("add", "jams @bob", "--from", "Nobody", "--tag", "new")
    assert (ended.code, ended.out) == (0, "D-1\n")
    assert ["Nobody" in ended.err, "new" in ended.err, "@bob" in ended.err] == [True] * 3
    listed = shell("list").out
    assert "Nobody?" in listed
    assert "#new?" in listed
    assert "jams @bob" in listed


def test_known_names_are_found(shell: Shell, desk_folder: Path) -> None:
    shell("add", "first")
    shell("tag", "1", "--add", "VPN")
    with looking(desk_folder) as conn:
        conn.execute("INSERT INTO person (id, name, created_at) VALUES (7, 'Ann Weber', '2026-01-01T00:00:00.000Z')")
        conn.executemany("INSERT INTO handle VALUES (?, 7)", [("ann weber",), ("weber",)])
    for ended in (
        shell("add", "x", "--from", "ann WEBER", "--tag", "vpn"),
        shell("add", "x", "--from", "@weber", "--tag", "#Vpn"),
        shell("add", "x @weber #vpn"),
    ):
        assert ended.err == ""
        found = shell("show", ended.out.strip(), "--json").json
        assert (found["title"], found["requester"], found["tags"]) == ("x", "Ann Weber", ["VPN"])


def test_the_channel_is_self_unless_somebody_asks(shell: Shell) -> None:
    channels = []
    for more in ((), ("--from", "Ann"), ("--via", "door"), ("--from", "Ann", "--via", "mail")):
        number = shell("add", "x", *more).out.strip()
        channels.append(shell("show", number, "--json").json["channel"])
    assert channels == ["self", None, "door", "mail"]


@pytest.mark.parametrize(
    ("option", "value", "names"),
    [("--via", "fax", "monitoring"), ("--impact", "2", "everyone"), ("--urgency", "", "slowed")],
)
def test_a_wrong_choice_is_refused_and_stores_nothing(
    shell: Shell, desk_folder: Path, option: str, value: str, names: str
) -> None:
    ended = shell("add", "x", option, value)
    assert (ended.code, ended.out) == (2, "")
    assert names in ended.err
    assert not desk_folder.exists()


@pytest.mark.parametrize("argv", [[], [""], ["  ", "\t"], ["\n"], ["--from", "Ann"], ["\u200d"], ["-"]])
def test_nothing_said_is_refused(shell: Shell, desk_folder: Path, argv: list[str]) -> None:
    ended = shell("add", *argv)
    assert ended.code == 2
    assert "Say what it is about" in ended.err
    assert not desk_folder.exists()


def test_dashes_are_text(shell: Shell) -> None:
    ended = shell("add", "grep", "--colour", "-n", "--", "fails")
    assert ended.out == "D-1\n"
    assert "--colour" in ended.err
    assert shell("show", "1", "--json").json["title"] == "grep --colour -n -- fails"
    assert shell("add", "--", "--from", "is broken").err == ""
    assert shell("show", "2", "--json").json["title"] == "--from is broken"


def test_standard_input_is_title_and_text(shell: Shell) -> None:
    shell(
        "add", "-", "--via", "mail", stdin=b"\xef\xbb\xbf\r\nNo network !stuck\r\n\r\nAll of us\r\n  since nine\r\n"
    )
    found = shell("show", "1", "--json").json
    assert found["title"] == "No network"
    assert found["body"] == "All of us\n  since nine"
    assert found["urgency"] == "stuck"
    assert [entry["kind"] for entry in found["entries"]] == ["received", "event"]


def test_bytes_that_are_no_text_still_make_a_request(shell: Shell, desk_folder: Path) -> None:
    assert shell("add", "-", stdin=b"caf\xe9 \x00 \xff").out == "D-1\n"
    assert shell("show", "1", "--json").json["title"] == "caf\ufffd \ufffd \ufffd"


def test_a_long_line_is_kept_whole(shell: Shell) -> None:
    text = "word " * 100
    shell("add", text)
    shell("add", "-", stdin=f"{text}\nmore".encode())
    shell("add", "first line\nsecond line")
    first, second, third = (shell("show", number, "--json").json for number in "123")
    assert len(first["title"]) <= TITLE_LIMIT
    assert first["title"].endswith("…")
    assert first["body"].split() == text.split()
    assert second["body"].split() == [*text.split(), "more"]
    assert (third["title"], third["body"]) == ("first line", "first line\nsecond line")


def test_the_original_is_kept_untouched(shell: Shell, desk_folder: Path) -> None:
    shell("add", "two  spaces\t@x", "and \x1b[31m")
    with looking(desk_folder) as conn:
        assert conn.execute("SELECT raw FROM intake").fetchone()[0] == b"two  spaces\t@x and \x1b[31m"


def test_a_capture_can_be_undone_and_keeps_its_number(shell: Shell) -> None:
    shell("add", "one")
    assert shell("undo").out == "undid: captured D-1\n"
    assert shell("list").out == ""
    assert shell("add", "two").out == "D-2\n"


def test_needed_by_follows_the_zone_of_this_machine(shell: Shell) -> None:
    shell("add", "winter >2027-01-05T15:30", "--via", "self")
    shell("add", "summer >2027-07-05T15:30")
    needed = [shell("show", number, "--json").json["needed_by"] for number in "12"]
    assert needed == ["2027-01-05T14:30:00.000Z", "2027-07-05T13:30:00.000Z"]


_LOADED = """
import sys
sys.path[1:1] = sys.argv[1].split({separator!r})
{work}
print("\\n".join(sorted(sys.modules)))
"""


def _loaded(work: str, *argv: str) -> set[str]:
    """Modules of a process without ``site`` that does this work."""
    places = os.pathsep.join([str(Path(deskmate.__file__).parents[1]), sysconfig.get_path("purelib")])
    code = _LOADED.format(separator=os.pathsep, work=work)
    ended = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code, places, *argv], capture_output=True, encoding="utf-8", check=True
    )
    return set(ended.stdout.split())


def test_the_second_capture_imports_what_it_must_and_no_more(shell: Shell) -> None:
    shell("add", "makes the folder")
    work = "from deskmate.__main__ import main\nmain(['add', 'x @nobody #none', '--from', 'y', '--tag', 'z'])"
    paid_for = _loaded("import __future__, _json, bisect, datetime, enum, os, sqlite3")
    own = {name for name in _loaded(work) if not name.startswith(("deskmate", "D-"))}
    digest = {"_sha2", "_sha256"}  # the one that this Python has
    assert own - paid_for - digest == set()
