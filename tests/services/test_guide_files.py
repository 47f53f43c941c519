"""What somebody gets of a guide, where it is written, and that it is written down that it went out."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.commands import Undo
from deskmate.domain.guide import Audience, Branch, Placeholder, Source, Then
from deskmate.domain.guiding import ArchiveGuide, DropGuide, RecordSent, SaveGuide
from deskmate.domain.request import Refused
from deskmate.domain.user_guide import OpenPlaceholders, UserGuide, UserStep
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.services.guide_files import DRAFT, FORMS, Form, Taken, export, known_values, user_guide
from deskmate.store.people import make_person
from deskmate.store.read.detail import detail
from tests.support.desks import AT, line, opened
from tests.support.guides import VPN, written

ANNA = {"name": "Anna"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def seen(desk: Desk, key: int, **more: object) -> UserGuide:
    return user_guide(desk.writer.conn, desk.folder, key, **{"values": ANNA, **more})  # type: ignore[arg-type]


def test_the_newest_published_text_goes_out_and_the_draft_only_when_asked_for(desk: Desk) -> None:
    key = written(desk)
    desk.run(SaveGuide(replace(VPN, summary="other words"), key))
    assert seen(desk, key).summary == VPN.summary
    assert seen(desk, key, revision=DRAFT).summary == "other words"
    assert seen(desk, key).checked_on == "2026-11-20"
    with pytest.raises(OpenPlaceholders):
        seen(desk, key, values={})
    with pytest.raises(Refused, match="no revision 7"):
        seen(desk, key, revision=7)
    draft = written(desk, replace(VPN, title="Another"), published=False)
    with pytest.raises(Refused, match="not published"):
        seen(desk, draft)
    desk.run(DropGuide(key))
    with pytest.raises(Refused, match="not there"):
        seen(desk, key)


def test_a_guide_leads_only_to_guides_that_its_reader_may_have(desk: Desk) -> None:
    router = written(desk, replace(VPN, title="Restart the router"))
    written(desk, replace(VPN, title="Read the firewall log", audience=Audience.TECHNICIAN))
    leads = tuple(Branch("it fails", Then.GUIDE, slug) for slug in ("restart-the-router", "read-the-firewall-log"))
    key = written(desk, replace(VPN, title="Home office", steps=(replace(VPN.steps[0], branches=leads),)))
    first, second = seen(desk, key).steps[0].branches
    assert (first.guide, second.guide) == ("restart-the-router", "")
    assert "firewall" not in second.words
    desk.run(ArchiveGuide(router))
    assert not seen(desk, key).steps[0].branches[0].guide


def test_words_for_placeholders_are_known_from_the_request_and_no_secret_is(desk: Desk) -> None:
    anna = make_person(desk.writer.conn, "Anna Weber", AT)
    desk.capture(line("No VPN", person_id=anna))
    places = (
        Placeholder("name", source=Source.PERSON),
        Placeholder("pin", source=Source.PERSON, secret=True),
        Placeholder("case", source=Source.REQUEST),
        Placeholder("share"),
    )
    content = replace(VPN, placeholders=places)
    assert known_values(desk.writer.conn, content, request=1) == {"name": "Anna Weber", "case": "D-1"}
    assert known_values(desk.writer.conn, content, person=anna) == {"name": "Anna Weber"}


def test_what_went_out_is_on_the_timeline_until_it_is_undone(desk: Desk) -> None:
    anna = make_person(desk.writer.conn, "Anna Weber", AT)
    desk.capture(line("No VPN", person_id=anna))
    key = written(desk)

    def told() -> list[str]:
        found = detail(desk.writer.conn, 1)
        assert found is not None
        return [entry.text for entry in found.entries]

    outcome = desk.run(RecordSent(key, "pdf", request=1))
    assert outcome.label == "sent “Connect to the VPN” as pdf for D-1"
    assert "sent the guide Connect to the VPN as pdf" in told()
    row = desk.writer.conn.execute("SELECT request_id, person_id, form, void FROM guide_sent").fetchone()
    assert tuple(row) == (1, anna, "pdf", 0)
    desk.run(Undo())
    assert "sent the guide Connect to the VPN as pdf" not in told()
    assert desk.writer.conn.execute("SELECT void FROM guide_sent").fetchone()[0] == 1
    with pytest.raises(Refused):
        desk.run(RecordSent(written(desk, replace(VPN, title="Draft"), published=False), "pdf"))


GUIDE = UserGuide("connect", "Connect", (UserStep(1, "Click [OK]."),))
PAGE = Form("page", "", ".html", lambda guide: {"connect.html": guide.title.encode()})


def folder_of(pictures: int) -> Form:
    made = {"guide.md": b"# Connect", **{f"images/{number:02}.png": b"x" for number in range(1, pictures + 1)}}
    return Form("folder", "", "", lambda guide: made)


def test_a_file_of_somebody_else_is_not_written_over_unless_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "connect.html").write_text("mine", encoding="utf-8")
    with pytest.raises(Taken):
        export(GUIDE, PAGE, str(tmp_path))
    assert (tmp_path / "connect.html").read_text(encoding="utf-8") == "mine"
    (path,) = export(GUIDE, PAGE, str(tmp_path), replace=True)
    assert Path(path).read_bytes() == b"Connect"
    export(GUIDE, PAGE, str(tmp_path))  # the same once more is no harm
    with pytest.raises(DeskmateError, match="can not be written"):
        export(GUIDE, PAGE, str(tmp_path / "connect.html" / "x.html"))


def test_whoever_may_read_the_folder_may_read_what_is_put_there(tmp_path: Path) -> None:
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    for folder_mode, file_mode in ((0o700, 0o600), (0o755, 0o644), (0o1777, 0o600)):
        folder = tmp_path / f"{folder_mode:o}"
        folder.mkdir()
        folder.chmod(folder_mode)
        export(GUIDE, PAGE, str(folder))
        export(GUIDE, folder_of(1), str(folder))
        assert mode(folder / "connect.html") == mode(folder / "connect" / "images" / "01.png") == file_mode
        assert mode(folder / "connect" / "images") & 0o044 == file_mode & 0o044


def test_no_picture_of_an_earlier_export_stays_behind(tmp_path: Path) -> None:
    target = tmp_path / "vpn"
    export(GUIDE, folder_of(2), str(target))
    (target / "images" / "mine.png").write_bytes(b"mine")
    export(GUIDE, folder_of(1), str(target), replace=True)
    assert sorted(path.name for path in (target / "images").iterdir()) == ["01.png", "mine.png"]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_form_is_written(form: Form, tmp_path: Path) -> None:
    assert form.missing == ""
    paths = export(GUIDE, form, str(tmp_path / f"made{form.ending}"))
    assert all(Path(path).stat().st_size for path in paths)
