"""Delivery by real programs: what they get, and what is said of those that fail, hang or are not there."""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskmate.domain.public import Letterhead
from deskmate.domain.reply import Parcel, Report, Sending, Way, outgoing
from deskmate.domain.timeline import Delivery
from deskmate.services import delivery
from tests.support.waiting import PATIENCE

AT = datetime(2026, 11, 20, 10, 47, tzinfo=UTC)
HEAD = Letterhead("D-1042", "--help; $(touch pwned)", "Anna Weber", "anna@example.org")


def parcel(way: Way, text: str = "It works again.\nBye", address: str | None = None) -> Parcel:
    return Parcel(3, 1042, way, outgoing(HEAD, text, address))


def program(folder: Path, body: str, name: str = "mailer") -> str:
    """An executable of one's own, in Python as everything here."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\nhere = {str(folder)!r}\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return str(path)


def sent(folder: Path, *command: str, timeout: int = 60) -> Report:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    report = delivery.deliver(
        parcel(Way.COMMAND), Sending(command=command, timeout=timeout, sender="help@example.org"), str(data), AT
    )
    assert list(data.iterdir()) == []  # the message does not stay behind
    return report


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_a_command_gets_the_message_on_its_standard_input(tmp_path: Path) -> None:
    mailer = program(tmp_path, "open(here + '/got', 'wb').write(sys.stdin.buffer.read()); print(sys.argv)")
    assert sent(tmp_path, mailer, "-t") == Report(3, Delivery.SENT)
    got = (tmp_path / "got").read_bytes()
    assert b"\r" not in got
    assert b"\nTo: Anna Weber <anna@example.org>\n" in got
    assert got.endswith(b"\n\nIt works again.\nBye\n")


def test_or_in_a_private_file(tmp_path: Path) -> None:
    mailer = program(
        tmp_path,
        "path = sys.argv[2]; open(here + '/got', 'wb').write(open(path, 'rb').read() + sys.stdin.buffer.read())\n"
        "open(here + '/mode', 'w').write(oct(os.stat(path).st_mode & 0o777))",
    )
    assert sent(tmp_path, mailer, "-H", "{file}") == Report(3, Delivery.SENT)
    assert (tmp_path / "got").read_bytes().endswith(b"\nBye\n")
    assert (tmp_path / "mode").read_text() == "0o600"


def test_a_failure_is_said_in_the_program_s_own_last_words(tmp_path: Path) -> None:
    mailer = program(tmp_path, "sys.stderr.write('trying\\n\\x1b]0;own\\x07no route\\n'); sys.exit(78)")
    assert sent(tmp_path, mailer) == Report(3, Delivery.NOT_SENT, "mailer ended with 78: ␛]0;own␇no route")


def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    mailer = program(tmp_path, "os.fork(); open(here + f'/{os.getpid()}.pid', 'w').close(); time.sleep(600)")
    report = sent(tmp_path, mailer, timeout=1)
    assert report == Report(3, Delivery.NOT_SENT, "mailer did not end within 1 s and was stopped.")
    started = [int(found.stem) for found in tmp_path.glob("*.pid")]
    end = time.monotonic() + PATIENCE
    while any(map(running, started)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(map(running, started))


def test_one_that_leaves_something_running_does_not_keep_us(tmp_path: Path) -> None:
    mailer = program(
        tmp_path, "left = os.fork(); time.sleep(0 if left else 600); open(here + f'/{left}.pid', 'w').close()"
    )
    try:
        assert sent(tmp_path, mailer, timeout=PATIENCE) == Report(3, Delivery.SENT)
    finally:
        for found in tmp_path.glob("*.pid"):
            os.kill(int(found.stem), signal.SIGKILL)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("no-such-mailer",), "no-such-mailer was not found."),
        (("/",), "/ can not be run: Permission denied."),
        ((), "No command is set."),
        (("a\0b",), "a\ufffdb can not be run: embedded null byte."),
    ],
)
def test_one_that_can_not_be_run_is_named(tmp_path: Path, command: tuple[str, ...], reason: str) -> None:
    assert sent(tmp_path, *command) == Report(3, Delivery.NOT_SENT, reason)


def test_a_mail_file_is_new_private_and_handed_over(tmp_path: Path) -> None:
    for _ in range(2):
        report = delivery.deliver(parcel(Way.EML), Sending(), str(tmp_path), AT)
        assert report == Report(3, Delivery.HANDED_OVER)
    box = tmp_path / "outbox"
    assert sorted(os.listdir(box)) == ["D-1042-3-2.eml", "D-1042-3.eml"]
    assert stat.S_IMODE((box / "D-1042-3.eml").stat().st_mode) == 0o600
    assert b"X-Unsent: 1" in (box / "D-1042-3.eml").read_bytes()


def test_a_folder_that_is_none_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    report = delivery.deliver(parcel(Way.EML), Sending(folder=str(tmp_path / "file")), str(tmp_path), AT)
    assert report == Report(3, Delivery.NOT_SENT, "File exists.")


def test_a_link_is_opened_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "open(here + '/got', 'w').write(sys.argv[1])", "xdg-open")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    report = delivery.deliver(parcel(Way.MAILTO), Sending(), str(tmp_path), AT)
    assert report == Report(3, Delivery.HANDED_OVER)
    assert (
        (tmp_path / "got").read_text().startswith("mailto:anna@example.org?subject=Re%3A%20%5BD-1042%5D%20--help%3B")
    )


def test_the_clipboard_gets_the_words_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery.shutil, "which", lambda name: name if name == "xclip" else None)
    program(tmp_path, "open(here + '/got', 'w').write(sys.stdin.read())", "xclip")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert delivery.deliver(parcel(Way.CLIPBOARD), Sending(), str(tmp_path), AT).state is Delivery.HANDED_OVER
    assert (tmp_path / "got").read_text() == "It works again.\nBye"


def test_a_bad_address_is_a_reason(tmp_path: Path) -> None:
    report = delivery.deliver(parcel(Way.EML, address="a@x.org, b@x.org"), Sending(), str(tmp_path), AT)
    assert report == Report(3, Delivery.NOT_SENT, "“a@x.org, b@x.org” is no mail address.")
