"""The sign and the notice by the shell: lines, files, and files that are kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deskmate.domain.commands import SetNotice
from deskmate.services.desk import Desk
from deskmate.store.connection import open_reader
from tests.cli.conftest import Shell
from tests.support.terminal import python
from tests.support.waiting import PATIENCE


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """A desk with something on it that nobody may see."""
    shell("add", "secret printer of the director")
    return shell


def test_lines_where_no_terminal_is(desk: Shell) -> None:
    ended = desk("sign")
    assert ended.code == 0
    assert ended.out.splitlines()[0] in ("Come in", "Come in – closing soon", "Closed")
    assert "as of " in ended.out
    assert "secret" not in ended.out


def test_a_folder_without_a_desk_has_the_hours_of_a_new_one(shell: Shell, desk_folder: Path, tmp_path: Path) -> None:
    assert shell("sign", "--json", "-").json["state"] == shell("status", "--json").json["state"]
    ended = shell("sign", "--ics", str(tmp_path / "dates.ics"))
    assert ended.code == 1
    assert "There is no desk in" in ended.err, "dates that come from nowhere could not be found again"
    assert not desk_folder.exists()


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (("sign", "open"), "sign knows no “open”"),
        (("sign", "urgent"), "Say the words, or off"),
        (("sign", "--watch"), "--watch needs a file"),
        (("sign", "--html", "-"), "--html needs a file"),
        (("sign", "--html", "same", "--json", "./same"), "Two outputs can not go to one file"),
        (("sign", "--html", "a-freebusy.ics", "--ics", "a.ics"), "Two outputs can not go to one file"),
        (("notice", "off", "now"), "off stands alone; to put up “off now”, quote all of it."),
        (("notice", "off", "--until", "fri"), "has no end"),
        (("notice", "Mail is down", "--until", "soonish"), "--until can not be “soonish”"),
    ],
)
def test_what_is_not_understood(desk: Shell, argv: tuple[str, ...], why: str) -> None:
    ended = desk(*argv)
    assert ended.code == 2
    assert why in ended.err


def test_the_notice_goes_up_and_down(desk: Shell) -> None:
    assert "There is no notice up" in desk("notice").err
    assert desk("notice", "Mail", "is", "down", "--until", "+2h").out.startswith("notice up until ")
    assert desk("notice").out == "Mail is down\n"
    assert desk("sign", "--json", "-").json["message"] == "Mail is down"
    assert desk("notice", "off").out == "notice taken down\n"
    assert desk("notice", "--json").json is None
    assert desk("notice", "off to lunch").code == 0
    assert desk("notice", "OFF").out == "notice taken down\n"
    assert desk("undo").code == 0
    assert desk("undo").code == 0
    assert desk("undo").code == 0
    assert desk("notice", "--json").json["text"] == "Mail is down"


def test_what_always_stands_there(desk: Shell) -> None:
    assert desk("sign", "deputy", "R.", "Haas").out == "the sign says deputy “R. Haas”\n"
    assert desk("sign", "deputy", "off").out == "the sign says no deputy\n"


def test_files_in_several_forms_at_once(desk: Shell, tmp_path: Path) -> None:
    page, data, dates = (tmp_path / name for name in ("sign.html", "sign.json", "sign.ics"))
    page.write_text("old")
    page.chmod(0o640)
    ended = desk("sign", "--html", str(page), "--json", str(data), "--ics", str(dates))
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    found = json.loads(data.read_text(encoding="utf-8"))
    assert set(found) >= {"schema", "state", "headline", "since", "until", "next_open", "tz", "valid_until"}
    assert found["headline"] in page.read_text(encoding="utf-8")
    assert b"BEGIN:VEVENT" in dates.read_bytes()
    assert b"BEGIN:VFREEBUSY" in (tmp_path / "sign-freebusy.ics").read_bytes()
    assert [path.stat().st_mode & 0o777 for path in (page, data)] == [0o640, 0o644], "its own, or for everybody"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[0] == ".") == []


def test_a_file_that_can_not_be_written_is_named(desk: Shell, tmp_path: Path) -> None:
    ended = desk("sign", "--json", str(tmp_path / "nowhere" / "sign.json"))
    assert ended.code == 1
    assert ended.err == f"deskmate: No such file or directory: {tmp_path}/nowhere/sign.json.\n"


def test_files_are_kept_until_a_signal_and_then_say_that_nobody_knows(
    desk: Shell, desk_folder: Path, tmp_path: Path
) -> None:
    page, data = tmp_path / "sign.html", tmp_path / "sign.json"
    argv = python("-m", "deskmate", "--data", str(desk_folder), "sign", "--watch")
    watch = subprocess.Popen([*argv, "--html", str(page), "--json", str(data)], stderr=subprocess.PIPE)
    try:
        wait_for(lambda: '"schema"' in read(data))
        other = Desk(str(desk_folder), actor="test")
        other.run(SetNotice("Mail is down", "2999-01-01T00:00:00.000Z"))
        other.close()
        wait_for(lambda: "Mail is down" in read(data) and "Mail is down" in read(page))
        # A folder that is put back as a whole is another file, which the one that is open never tells.
        os.replace(desk_folder, tmp_path / "aside")
        desk("add", "a new desk")
        wait_for(lambda: "Mail is down" not in read(data))
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(PATIENCE) == 0
        assert json.loads(read(data))["state"] is None
        assert "valid until" not in read(page)
    finally:
        watch.kill()
        assert watch.stderr is not None
        assert watch.stderr.read() == b""
        watch.stderr.close()
    open_reader(str(desk_folder)).close()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
