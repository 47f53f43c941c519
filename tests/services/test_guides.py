"""Guides are made, changed, published, restored and put aside, each as one step of undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.commands import Undo
from deskmate.domain.guide import Branch, Content, Then
from deskmate.domain.guiding import (
    ArchiveGuide,
    DropGuide,
    DropTerm,
    ImportGuides,
    PublishGuide,
    RestoreRevision,
    ReviewGuide,
    SaveGuide,
    SaveTerm,
)
from deskmate.domain.request import Refused
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store import guides as searching
from deskmate.store.read import guides
from tests.support.desks import opened
from tests.support.guides import VPN, shot, window, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk
        assert searching.differs(desk.writer.conn) == []


def draft(desk: Desk, key: int) -> Content:
    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    return found.content


def state(desk: Desk, key: int) -> str:
    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    return found.state


def test_a_guide_is_a_draft_until_it_is_published_and_what_was_published_stays(desk: Desk) -> None:
    key = written(desk, published=False)
    assert state(desk, key) == "draft"
    desk.run(PublishGuide(key, "first"))
    assert state(desk, key) == "published"
    desk.run(SaveGuide(replace(VPN, summary="other words"), key))
    assert state(desk, key) == "changed"
    with pytest.raises(Refused, match="revision 7"):
        desk.run(RestoreRevision(key, 7))
    desk.run(PublishGuide(key, "plainer"))
    two, one = guides.revisions(desk.writer.conn, key)
    assert (two.number, two.reason, one.number) == (2, "plainer", 1)
    assert one.content == VPN
    assert one.whole
    desk.run(RestoreRevision(key, 1))
    assert draft(desk, key) == VPN
    with pytest.raises(Refused, match="says what revision 1 does already"):
        desk.run(RestoreRevision(key, 1))
    desk.run(PublishGuide(key))
    with pytest.raises(Refused, match="published as it is"):
        desk.run(PublishGuide(key))


def test_a_published_text_that_is_not_what_it_was_is_seen(desk: Desk) -> None:
    key = written(desk)
    desk.writer.conn.execute("UPDATE guide_revision SET content = replace(content, 'office', 'other')")
    assert not guides.revisions(desk.writer.conn, key)[0].whole


def test_each_of_it_is_a_step_of_undo(desk: Desk) -> None:
    key = written(desk)
    for command, before, after in (
        (ArchiveGuide(key), "published", "archived"),
        (SaveGuide(replace(VPN, minutes=3), key, what="moved step 3"), "published", "changed"),
    ):
        desk.run(command)
        assert state(desk, key) == after
        desk.run(Undo())
        assert state(desk, key) == before
    desk.run(DropGuide(key))
    assert guides.guide(desk.writer.conn, key) is None
    desk.run(Undo())
    desk.run(Undo())  # that it was published
    assert state(desk, key) == "draft"


def test_a_change_made_on_an_older_draft_is_refused(desk: Desk) -> None:
    key = written(desk)
    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    desk.run(SaveGuide(replace(VPN, minutes=3), key, found.version))
    with pytest.raises(Refused, match="changed elsewhere"):
        desk.run(SaveGuide(replace(VPN, minutes=4), key, found.version))
    assert draft(desk, key).minutes == 3


def test_one_title_is_one_guide_and_names_in_links_stay(desk: Desk) -> None:
    key = written(desk)
    with pytest.raises(Refused, match="is a guide already"):
        desk.run(SaveGuide(replace(VPN, title="connect to  the VPN")))
    desk.run(SaveGuide(replace(VPN, title="Work from home"), key))
    again = written(desk)
    assert guides.slugs(desk.writer.conn) == {"connect-to-the-vpn": key, "connect-to-the-vpn-2": again}


def test_looking_at_it_moves_its_date(desk: Desk) -> None:
    key = written(desk, replace(VPN, review_months=6))
    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    assert found.review_by == "2027-05-20"
    desk.run(ReviewGuide(key, "2027-01-31"))
    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    assert found.review_by == "2027-01-31"


def test_no_guide_names_a_picture_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    picture = shot(desk, window(tmp_path / "a.png"))
    key = written(desk, replace(VPN, steps=(replace(VPN.steps[0], pictures=(picture,)),)))
    assert draft(desk, key).pictures == (picture,)
    gone = replace(picture, file=type(picture.file)("b.png", 3, "b" * 64))
    with pytest.raises(DeskmateError, match="not among the kept files"):
        desk.run(SaveGuide(replace(VPN, title="Other", steps=(replace(VPN.steps[0], pictures=(gone,)),))))


def test_taking_guides_in_goes_by_their_titles(desk: Desk) -> None:
    written(desk)
    outcome = desk.run(ImportGuides((VPN, replace(VPN, title="Second"))))
    assert outcome.notes == ("unchanged: “Connect to the VPN”", "new: “Second”")
    assert [line.title for line in guides.guides(desk.writer.conn)] == ["Connect to the VPN", "Second"]


def test_the_glossary_is_the_technicians_own(desk: Desk) -> None:
    desk.run(SaveTerm("VPN", "the tunnel to the office"))
    desk.run(SaveTerm("vpn", "the way into the office"))
    rows = desk.writer.conn.execute("SELECT term, plain FROM term WHERE void = 0").fetchall()
    assert rows == [("vpn", "the way into the office")]
    desk.run(DropTerm("Vpn"))
    assert desk.writer.conn.execute("SELECT count(*) FROM term WHERE void = 0").fetchone() == (0,)


def test_a_name_that_stood_in_a_title_before_it_was_published_is_in_no_file_name(desk: Desk) -> None:
    key = written(desk, Content("VPN of Ana Weber", steps=VPN.steps[:1]), published=False)
    desk.run(SaveGuide(replace(VPN, title="The VPN"), key))
    assert guides.slugs(desk.writer.conn) == {"the-vpn": key}
    desk.run(PublishGuide(key))
    desk.run(SaveGuide(replace(VPN, title="VPN at home"), key))
    assert guides.slugs(desk.writer.conn) == {"the-vpn": key}, "links to it go on leading there"


def test_the_name_that_another_guide_leads_to_stays(desk: Desk) -> None:
    key = written(desk, Content("The phone", steps=VPN.steps[:1]), published=False)
    leads = replace(VPN.steps[0], branches=(Branch("no phone", Then.GUIDE, "the-phone"),))
    written(desk, Content("Sign in", steps=(leads,)), published=False)
    desk.run(SaveGuide(Content("Your phone", steps=VPN.steps[:1]), key))
    assert guides.slugs(desk.writer.conn)["the-phone"] == key


def test_the_number_of_a_revision_that_was_undone_is_not_given_to_another_text(desk: Desk) -> None:
    key = written(desk)
    desk.run(Undo())
    desk.run(SaveGuide(replace(VPN, summary="other words"), key))
    desk.run(PublishGuide(key))
    assert [each.number for each in guides.revisions(desk.writer.conn, key)] == [2]
