"""``guide export`` and ``guide site``: guides as files, from the shell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.guide import Audience, Placeholder, Source
from deskmate.domain.guiding import ArchiveGuide, DropGuide
from deskmate.store.people import make_person
from tests.cli.conftest import Shell
from tests.support.desks import AT, line, looking, opened
from tests.support.guides import VPN, written

FOR = Placeholder("name", "who it is for", Source.PERSON)
CODE = VPN.placeholders[1]


@pytest.fixture
def kept(shell: Shell, desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A published guide, and D-1 of Anna, who is an expert; the shell stands in an empty folder."""
    with opened(desk_folder) as desk:
        anna = make_person(desk.writer.conn, "Anna Weber", AT)
        desk.writer.conn.execute("UPDATE person SET experience = 'expert' WHERE id = ?", (anna,))
        desk.capture(line("No VPN", person_id=anna))
        written(desk, replace(VPN, placeholders=(FOR, CODE)))
    (tmp_path / "here").mkdir(mode=0o700)
    monkeypatch.chdir(tmp_path / "here")
    return shell


def sent(folder: Path) -> list[tuple[object, ...]]:
    with looking(folder) as conn:
        return conn.execute("SELECT request_id, form, experience FROM guide_sent WHERE void = 0").fetchall()


def test_an_open_placeholder_stops_it_and_names_the_option(kept: Shell, desk_folder: Path) -> None:
    ended = kept("guide", "export", "vpn")
    assert (ended.code, ended.out) == (1, "")
    assert "Still to be filled in: name." in ended.err
    assert "--set name=…" in ended.err
    assert not list(Path().iterdir())
    ended = kept("guide", "export", "vpn", "--set", "name=Bo")
    assert (ended.code, ended.out) == (0, "./connect-to-the-vpn.html\n")
    assert "Type your name Bo" in Path("connect-to-the-vpn.html").read_text(encoding="utf-8")
    assert sent(desk_folder) == [], "a file for nobody in particular was not sent"
    for wrong in (
        ("--set", "nam=Bo"),
        ("--set", "code=123"),
        ("--set", "name"),
        ("--format", "doc"),
        ("--revision", "x"),
    ):
        assert kept("guide", "export", "vpn", *wrong).code == 2


def test_for_a_request_it_is_filled_in_made_for_the_person_and_written_down(kept: Shell, desk_folder: Path) -> None:
    ended = kept("guide", "export", "vpn", "--for", "D-1", "--to", "a.eml")
    assert (ended.code, ended.out) == (0, "a.eml\n")
    assert "sent “Connect to the VPN” as eml for D-1" in ended.err
    text = Path("a.eml").read_text(encoding="utf-8")
    assert "Type your name Anna Weber" in text
    assert "six digits" not in text, "details are not for experts"
    assert sent(desk_folder) == [(1, "eml", "expert")]
    assert "sent the guide Connect to the VPN as eml" in kept("show", "D-1").out
    kept("undo")
    assert sent(desk_folder) == []
    assert kept("guide", "export", "vpn", "--for", "D-1", "--draft").code == 0
    assert sent(desk_folder) == []
    assert kept("guide", "export", "vpn", "--for", "D-9").code == 1
    found = kept("guide", "export", "vpn", "--for", "Anna", "--experience", "beginner", "--replace", "--json").json
    assert (found["form"], found["label"]) == ("html", "sent “Connect to the VPN” as html")
    assert sent(desk_folder) == [(None, "html", "beginner")]


def test_what_is_there_is_not_written_over_unless_that_is_said(kept: Shell) -> None:
    Path("a.html").write_text("mine", encoding="utf-8")
    export = ("guide", "export", "vpn", "--set", "name=Bo", "--to", "a.html")
    ended = kept(*export)
    assert ended.code == 1
    assert "a.html is there already." in ended.err
    assert "--replace" in ended.err
    assert Path("a.html").read_text(encoding="utf-8") == "mine"
    assert kept(*export, "--replace").code == 0
    assert kept(*export).code == 0, "the same again is no harm"


def test_a_large_mail_is_warned_of(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskmate.formats.guide_mail.LARGE", 1_000)
    assert "servers refuse" in kept("guide", "export", "vpn", "--set", "name=Bo", "--format", "eml").err


def test_the_site_has_what_users_may_read_and_loses_what_is_gone_and_nothing_else(
    kept: Shell, desk_folder: Path
) -> None:
    with opened(desk_folder) as desk:
        router = written(desk, replace(VPN, title="Restart the router"))
        old = written(desk, replace(VPN, title="Old ways"))
        written(desk, replace(VPN, title="Read the firewall log", audience=Audience.TECHNICIAN))
        written(desk, replace(VPN, title="Half done"), published=False)
        desk.run(ArchiveGuide(old))
    ended = kept("guide", "site", "out")
    assert (ended.code, ended.out, ended.err) == (0, "out/index.html\n", "2 guides\n")
    pages = Path("out/guides")
    assert sorted(path.name for path in pages.iterdir()) == ["connect-to-the-vpn.html", "restart-the-router.html"]
    index = Path("out/index.html").read_text(encoding="utf-8")
    assert not any(words in index for words in ("firewall", "Old ways", "Half done"))
    # Everybody reads it: there is room for what is each reader's own.
    assert "________ (who it is for)" in (pages / "connect-to-the-vpn.html").read_text(encoding="utf-8")
    (pages / "mine.html").write_text("mine", encoding="utf-8")
    (pages / "copy.html").write_bytes((pages / "restart-the-router.html").read_bytes())
    with opened(desk_folder) as desk:
        desk.run(DropGuide(router))
    ended = kept("guide", "site", "out", "--set", "name=you", "--json")
    assert ended.json["removed"] == ["out/guides/restart-the-router.html"]
    assert sorted(path.name for path in pages.iterdir()) == ["connect-to-the-vpn.html", "copy.html", "mine.html"]
    assert "Type your name you" in (pages / "connect-to-the-vpn.html").read_text(encoding="utf-8")
    Path("out/index.html").write_text("mine", encoding="utf-8")
    assert kept("guide", "site", "out").code == 1
    assert Path("out/index.html").read_text(encoding="utf-8") == "mine"
