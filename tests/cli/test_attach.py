"""Files and later words from the shell: ``attach``, ``add --attach`` and ``add --join``."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support.desks import looking


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "scan of page.pdf"
    path.write_bytes(b"%PDF a page")
    return str(path)


def test_attached_files_are_shown(shell: Shell, scan: str, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("words\n")
    assert shell("add", "see the scan", "--attach", scan).out == "D-1\n"
    assert shell("attach", "D-1", str(log)).out == "attached log.txt to D-1\n"
    found = shell("show", "D-1", "--json").json["attachments"]
    assert [(each["name"], each["size"], len(each["digest"])) for each in found] == [
        ("scan of page.pdf", 11, 64),
        ("log.txt", 6, 64),
    ]
    assert "file: scan of page.pdf  11 bytes" in shell("show", "1").out
    assert shell("show", "1", "--public", "--json").json["attachments"] == []
    assert shell("attach", "1", scan).code == 1  # it is there already


def test_what_can_not_be_attached(shell: Shell, scan: str, desk_folder: Path) -> None:
    assert (shell("attach", "D-1", scan).code, desk_folder.exists()) == (1, False)
    shell("add", "one")
    ended = shell("attach", "D-1", scan, scan + ".none")
    assert (ended.code, ended.out) == (1, "")
    assert "not there" in ended.err
    assert shell("attach", "D-1").code == 2
    ended = shell("add", "two", "--attach", str(desk_folder))
    assert (ended.code, "is a folder" in ended.err) == (1, True)
    with looking(desk_folder) as conn:
        assert conn.execute("SELECT count(*) FROM attachment").fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM request").fetchone() == (1,)


def test_joined_text_is_received_there_and_unread(shell: Shell, scan: str, desk_folder: Path) -> None:
    shell("add", "printer jams")
    shell("resolve", "1")
    assert shell("add", "--join", "D-1", "it", "jams", "again", "!mail", "--attach", scan).out == "D-1\n"
    assert shell("add", "--join", "1", "-", stdin=b"first\nsecond\n").out == "D-1\n"
    found = shell("show", "1", "--json").json
    assert (found["status"], len(found["attachments"])) == ("open", 1)
    assert [entry["text"] for entry in found["entries"] if entry["kind"] == "received"] == [
        "it jams again",
        "first\nsecond",
    ]
    with looking(desk_folder) as conn:
        assert conn.execute("SELECT count(*), max(unread) FROM request").fetchone() == (1, 1)
        assert conn.execute("SELECT via FROM message ORDER BY id").fetchall() == [("mail",), (None,)]
        assert conn.execute("SELECT raw FROM intake ORDER BY id DESC LIMIT 1").fetchone() == (b"first\nsecond\n",)


@pytest.mark.parametrize("more", [["--from", "me"], ["--tag", "x"], ["--join", "2"], ["--impact", "one"]])
def test_joined_text_changes_nothing_else(shell: Shell, more: list[str]) -> None:
    shell("add", "one")
    assert shell("add", "text", "--join", "D-1", *more).code == 2
    assert shell("add", "text", "--join", "D-7").code == 1
    assert shell("list", "--json").json[0]["title"] == "one"


def test_joining_makes_no_database(shell: Shell, desk_folder: Path) -> None:
    assert shell("add", "text", "--join", "D-1").code == 1
    assert not desk_folder.exists()
