"""Hostile texts through every door of the shell: nothing is lost, and no byte controls the terminal."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import deskmate
from deskmate.domain.capture import Names, parse
from deskmate.domain.local import now
from deskmate.domain.text import clean
from tests import nasty
from tests.cli.conftest import Ended, Shell

ENTRIES = nasty.entries()
REORDERS = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(ended: Ended) -> Ended:
    """What was printed holds no control character but the line feed, and nothing that reorders a line."""
    for text in (ended.out, ended.err):
        bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cs")} | (REORDERS & set(text))
        assert bad <= {"\n"}
    return ended


@pytest.mark.parametrize("text", [text for _id, text in ENTRIES], ids=[name for name, _text in ENTRIES])
def test_in_every_place(shell: Shell, text: str) -> None:
    visible = clean(text)[0] != ""
    taken = harmless(shell("add", "--", text))
    assert taken.code == (0 if visible else 2)
    named = harmless(shell("add", "plain", "--from", text, f"--tag={text}"))
    number = named.out.strip()
    noted = harmless(shell("note", number, "--", text))
    assert noted.code == (0 if text.strip() else 2)
    harmless(shell("resolve", number, f"--text={text}"))
    harmless(shell("tag", number, f"--add={text}"))
    harmless(shell("priority", number, text))
    harmless(shell("list", "--view", text))
    harmless(shell(text.lstrip("-") or "x"))
    harmless(shell("help", text))

    everything = harmless(shell("list", "--view", "all"))
    lines = everything.out.splitlines()
    assert len(lines) == (2 if visible else 1)
    found = shell("list", "--view", "all", "--json").json
    if visible:
        title = found[-1]["title"]
        first = next(line for line in clean(text, multiline=True)[0].split("\n") if clean(line)[0])
        assert title == parse(first, Names(), now()).title
        assert title in lines[-1]
    who = found[0]["requester"]
    assert who is None or f"{who}?" in lines[0]

    for argv in (["show", number], ["show", "1"], ["show", number, "--public"], ["next"]):
        harmless(shell(*argv))
    searched = harmless(shell("list", text))
    assert searched.code == 0
    if noted.code == 0:
        notes = [each["text"] for each in shell("show", number, "--json").json["entries"] if each["kind"] == "note"]
        assert notes == [clean(text, multiline=True)[0].strip("\n")]
        internal = notes[0] if len(notes[0]) > 12 and notes[0] not in (who or "") else None
        if internal is not None:
            assert internal not in shell("show", number, "--public").out
            assert internal not in str(shell("show", number, "--public", "--json").json)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_bytes_as_a_real_shell_hands_them_over(desk_folder: Path, locale: str) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": locale,
        "DESKMATE_DATA_DIR": str(desk_folder),
        "PYTHONPATH": os.pathsep.join([str(Path(deskmate.__file__).parents[1])]),
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }

    def run(*argv: str | bytes) -> bytes:
        ended = subprocess.run(
            [sys.executable, "-m", "deskmate", *argv], env=environment, capture_output=True, check=True
        )
        assert not any(byte < 32 and byte != 10 for byte in ended.stdout + ended.stderr)
        return ended.stdout

    assert run("add", b"caf\xe9 \xf0\x9f\x96\xa8 printer \x1b[2J\x9b", "--from", b"\xff") == b"D-1\n"
    assert b"printer" in run("list")
    assert b"printer" in run("show", "1")
    assert b"printer" in run("list", b"printer", "--json")
    assert run("list", b"\xff\xfe") == b""
