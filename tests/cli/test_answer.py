"""Answering from the shell, with real programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Shell

PROGRAM = "#!{python}\nimport sys\nopen({got!r}, 'ab').write(sys.stdin.buffer.read()); sys.exit({code})\n"


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """D-1 of Anna, who has an address; D-2 of Ben, who has none; D-3 of nobody."""
    shell("add", "Printer jams", "--from", "Anna")
    shell("person", "add", "Anna Weber", "--email", "anna@example.org")
    shell("add", "Scanner jams", "--from", "anna@example.org")
    shell("add", "Lamp", "--from", "Ben")
    shell("add", "Chair")
    return shell


def settings(folder: Path, code: int = 0, more: str = "") -> Path:
    """Settings with a command that keeps what it gets in the file that is given back."""
    got = folder / "got"
    program = folder / "mailer"
    program.write_text(PROGRAM.format(python=sys.executable, got=str(got), code=code), encoding="utf-8")
    program.chmod(0o700)
    Path(os.environ["DESKMATE_CONFIG"]).write_text(
        f'[reply]\ndeliver = "command"\ncommand = ["{program}"]\n{more}', encoding="utf-8"
    )
    return got


def last(shell: Shell, number: int = 2) -> dict[str, str]:
    entries = shell("show", str(number), "--json").json["entries"]
    return [entry for entry in entries if entry["kind"] == "reply"][-1]


def test_a_reply_leaves_and_is_seen(desk: Shell, tmp_path: Path) -> None:
    got = settings(tmp_path, more='signature = "Help desk"\n')
    assert desk("reply", "D-2", "It", "works", "--again").out == "sent: reply to D-2\n"
    assert got.read_text(encoding="utf-8").endswith("\n\nIt works --again\n\nHelp desk\n")
    assert last(desk) | {"at": ""} == {
        "kind": "reply", "at": "", "text": "It works --again\n\nHelp desk", "state": "sent", "via": "command",
    }  # fmt: skip
    assert "reply, by mail, sent" in desk("show", "2").out
    assert "by mail" not in desk("show", "2", "--public").out


def test_standard_input_and_canned_texts(desk: Shell, tmp_path: Path) -> None:
    got = settings(tmp_path)
    assert desk("reply", "2", "-", stdin="grüße\nbye\n".encode()).code == 0
    assert desk("reply", "2", "--canned", "on").code == 0
    assert 'Hello Anna,\n\nI have your request "Scanner jams"' in got.read_text(encoding="utf-8")


def test_what_is_not_sent_is_kept_and_said(desk: Shell, tmp_path: Path) -> None:
    settings(tmp_path, code=3)
    ended = desk("reply", "2", "text", "--json")
    assert ended.code == 1
    assert ended.json["state"] == "not sent"
    assert ended.json["reason"] == "mailer ended with 3"
    ended = desk("reply", "2", "text")
    assert (ended.code, ended.out) == (1, "")
    assert "not sent: reply to D-2, mailer ended with 3" in ended.err
    assert last(desk)["state"] == "not sent"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("3", "text"), 1, "no address for Ben"),
        (("4", "text"), 1, "no requester yet"),
        (("9", "text"), 1, "There is no D-9."),
        (("2", "Hello {frist_name}"), 1, "{frist_name} is no placeholder"),
        (("2", "--canned", "zz"), 1, "No text is called “zz”."),
        (("2", "--canned", "remind"), 0, ""),
        (("2", "--canned", "re"), 1, "Several texts begin “re”."),
        (("2", "--canned", "ask"), 1, "{questions} is empty"),
        (("2",), 2, "Say the text"),
        (("2", "x", "--canned", "on"), 2, "Say one of the two."),
    ],
)
def test_what_can_not_be_sent_is_refused(
    desk: Shell, tmp_path: Path, argv: tuple[str, ...], code: int, said: str
) -> None:
    settings(tmp_path)
    ended: Ended = desk("reply", *argv)
    assert ended.code == code
    assert said in ended.err


def test_said(desk: Shell) -> None:
    assert desk("said", "2", "come", "at", "ten").out == "told the requester of D-2\n"
    assert desk("said", "2").code == 0
    assert last(desk)["text"] == ""
    assert desk("said", "4", "x").code == 1


def test_nothing_is_made_of_a_folder_without_requests(shell: Shell, desk_folder: Path) -> None:
    for word in ("reply", "said"):
        assert shell(word, "1", "text").code == 1
    assert not desk_folder.exists()
