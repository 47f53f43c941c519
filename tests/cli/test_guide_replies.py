"""``reply --guide``: the same reply with a guide, from the shell."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

import pytest

from deskmate.__main__ import main
from deskmate.services.desk import Desk
from deskmate.store.people import make_person
from tests.support.desks import AT, line
from tests.support.guides import written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """D-1 of Anna and the guide for it; replies become mail files."""
    desk = Desk(str(tmp_path / "data"), actor="test")
    desk.capture(line("VPN drops", person_id=make_person(desk.writer.conn, "Anna Weber", AT, "anna@example.org")))
    written(desk)
    desk.close()
    (tmp_path / "config.toml").write_text('[reply]\ndeliver = "eml"\n', encoding="utf-8")
    monkeypatch.setenv("DESKMATE_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "data"


def run(folder: Path, *argv: str) -> int:
    return main(["--data", str(folder), *argv])


def test_a_guide_goes_with_a_reply_in_words_that_say_so(folder: Path) -> None:
    assert run(folder, "reply", "D-1", "--guide", "vpn", "--set", "name=Anna") == 0
    (path,) = (folder / "outbox").glob("*.eml")
    found = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = found.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Hello Anna,")
    assert [each.get_filename() for each in found.iter_attachments()] == ["connect-to-the-vpn.html"]


def test_an_open_word_keeps_it_here_and_is_named(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "reply", "D-1", "Here it is.", "--guide", "vpn") == 1
    assert "--set name=" in capfd.readouterr().err
    assert run(folder, "reply", "D-1", "--guide", "vpn", "--set", "code=1") == 2
    assert not (folder / "outbox").exists()
