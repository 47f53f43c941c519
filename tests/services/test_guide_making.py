"""A guide is begun with what solved a request: its lines, its pictures, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote, AddPerson, Attach, Resolve, Undo
from deskmate.domain.guide import Guide
from deskmate.domain.guiding import MakeGuide
from deskmate.domain.picture import Review
from deskmate.domain.request import Refused
from deskmate.services.desk import Desk
from deskmate.store import files
from deskmate.store.read import guides
from deskmate.store.read.detail import detail
from tests.support.desks import line, opened
from tests.support.guides import window


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def guide(desk: Desk, key: int | None) -> Guide:
    found = guides.guide(desk.writer.conn, key or 0)
    assert found is not None
    return found


def test_lines_become_steps_and_pictures_screenshots_nobody_has_looked_at(desk: Desk, tmp_path: Path) -> None:
    number = desk.capture(line("Re: VPN drops"))
    desk.run(AddPerson({"name": "Ana Weber", "email": "ana@example.org"}, (number,)))
    kept = [files.keep(desk.folder, str(window(tmp_path / f"{n}.png", 300 + n))) for n in range(3)]
    bad = files.keep_text(desk.folder, "bad.png", "<html>")
    desk.run(Attach((number,), (*kept, bad)))
    desk.run(Resolve((number,), "1. Told Ana to open it.\n2. Then to close it."))
    outcome = desk.run(MakeGuide(number))
    made = guide(desk, outcome.made)
    first, second = made.content.steps
    assert made.title == "VPN drops"
    assert made.content.words == ("VPN drops",)
    assert first.action == "Told {name} to open it."
    assert not first.reviewed
    assert [each.width for each in first.pictures] == [300]
    assert [each.width for each in second.pictures] == [301, 302]
    assert {each.review for each in made.content.pictures} == {Review.UNREVIEWED}
    assert outcome.notes[0].startswith("bad.png was left out: ")
    found = detail(desk.writer.conn, number)
    assert found is not None
    assert "the guide “VPN drops” was begun with it" in [entry.text for entry in found.entries]
    again = guide(desk, desk.run(MakeGuide(number)).made)
    assert (again.title, again.slug) == ("VPN drops (2)", "vpn-drops-2")
    desk.run(Undo())
    assert guides.guide(desk.writer.conn, again.id) is None


def test_where_the_resolution_is_a_word_the_notes_say_the_way(desk: Desk) -> None:
    number = desk.capture(line("VPN drops"))
    with pytest.raises(Refused, match="Nothing is written down"):
        desk.run(MakeGuide(number))
    desk.run(AddNote((number,), "opened it"))
    desk.run(Resolve((number,), "closed it"))
    steps = guide(desk, desk.run(MakeGuide(number)).made).content.steps
    assert [step.action for step in steps] == ["opened it", "closed it"]
