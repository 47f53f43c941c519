"""The record as a page: all that proves something is on it, nothing else is, and it needs nothing but itself."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from deskmate.domain import local
from deskmate.domain.commands import AddNote, EditRequest
from deskmate.domain.maintenance import SaveChecklist
from deskmate.formats import audit_sheet
from deskmate.store.read import hours, proof
from tests.cli.conftest import Shell
from tests.support.proofs import MORNING, Clock, at_the_desk, three_weeks
from tests.unit.test_sign_page import Tags, contrast

HOSTILE = "</title><script>alert(1)</script> ${name} & \" '"
INK = re.compile(r"--(?:ink|faint|bad|warn|good): #([0-9a-f]{6})")
GROUND = re.compile(r"--(?:ground|panel): #([0-9a-f]{6})")


@pytest.fixture
def made(shell: Shell, desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(local, "now", lambda: datetime(2026, 11, 20, 18, tzinfo=local.Local()))
    clock = Clock()
    with at_the_desk(desk_folder, clock) as desk:
        key = three_weeks(desk, clock)
        desk.run(SaveChecklist(HOSTILE, MORNING, key))
        desk.writer.conn.execute("UPDATE absence SET note = ?", (f"ill {HOSTILE}",))
        desk.run(EditRequest((1,), requester="Anna Weber"))
        desk.run(AddNote((1,), "the director's mail server"))
    path = tmp_path / "sheet.html"
    argv = ("checklist", "sheet", HOSTILE, "--from", "2026-11-02", "--html", str(path))
    ended = shell(*argv)
    assert (ended.code, ended.out) == (0, ""), ended.err
    return path.read_text(encoding="utf-8")


def test_it_shows_what_proves_something_and_is_only_text(made: str) -> None:
    tags = Tags(made)
    assert not {"script", "link", "img", "iframe", "form"} & {name for name, _attributes in tags.found}
    assert not [each for _name, each in tags.found if {"src", "style", "onload"} & set(each)]
    assert all((each.get("href") or "#").startswith("#") for _name, each in tags.found)
    assert "default-src 'none'" in made
    text = " ".join(tags.text.split())
    assert text.count(HOSTILE) == 3, "title, heading, absence"
    for said in (
        "50%kept6on time1late6missed1skipped",
        "5 missed: ill",
        "done with 1 finding, D-1 open",
        "done Mon 16 Nov 2026 19:00, written down Tue 17 Nov 2026 09:00",
        "skipped: the site is closed",
        "revision 1, signed by R. Haas",
        "it was the log of the mail server",
        "15 or more, better 20 or more",
        "Made Fri 20 Nov 2026 18:00",
    ):
        assert said in text
    assert len(re.findall(r"<code>[0-9a-f]{64}</code>", made)) == 7
    assert 'class="cross"' in made, "the value that failed is a cross in the picture"


def test_nothing_of_a_request_is_on_it_but_its_number_and_how_far_it_is(made: str) -> None:
    assert "Anna Weber" not in made
    assert "the director" not in made
    assert "Morning look: Free space" not in made, "not even the title, which is in the database"


def test_ticked_in_bulk_is_said(desk_folder: Path) -> None:
    clock = Clock()
    with at_the_desk(desk_folder, clock) as desk:
        key = three_weeks(desk, clock)
        conn = desk.writer.conn
        # Six items within a second, as a script would tick them.
        conn.execute(
            "INSERT INTO result (run_id, item, verdict, at) SELECT 1, 10 + value, 'done', '2026-11-02T08:06:00.000Z'"
            " FROM json_each('[1, 2, 3, 4, 5, 6]')"
        )
        found = proof.proof_of(conn, key, date(2026, 11, 2), date(2026, 11, 21), hours.calendar(conn), clock.at)
    assert found is not None
    assert audit_sheet.page(found).count("ticked in bulk") == 2, "in the table and at the run"


def test_ink_on_ground_is_seven_to_one_or_more() -> None:
    text = Path(audit_sheet._TEMPLATE).read_text(encoding="utf-8")
    looks = [part for part in text.split(":root {")[1:] if "--ink" in part]
    assert len(looks) == 3, "light, dark and paper"
    for look in looks:
        part = look.split("}")[0]
        assert min(contrast(ink, ground) for ink in INK.findall(part) for ground in GROUND.findall(part)) >= 7
