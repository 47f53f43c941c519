"""What is covered on a picture is removed for good, wherever it is shown, and nothing that names it breaks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from deskmate.domain.commands import Attach, Redo, Undo
from deskmate.domain.files import Kept
from deskmate.domain.guide import Content
from deskmate.domain.guiding import PublishGuide, PurgeOriginal, RestoreRevision, SaveGuide
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.domain.request import Refused
from deskmate.services.desk import Desk
from deskmate.store import backup, derived, files
from deskmate.store.read import guides
from deskmate.store.read.detail import attachments
from deskmate.store.sweep import sweep
from tests.support.desks import line, opened
from tests.support.guides import PASSWORD, VPN, shot, window, written

CORNER = (0, 0, 10, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def showing(picture: Picture, title: str = VPN.title) -> Content:
    return replace(VPN, title=title, steps=(replace(VPN.steps[0], pictures=(picture,)),))


def colours(desk: Desk, kept: Kept, box: tuple[int, int, int, int]) -> int:
    """How many colours there are in a box of a kept picture."""
    with Image.open(files.path_of(desk.folder, kept.digest)) as image:
        return len(image.convert("RGB").crop(box).getcolors() or ())


def of_draft(desk: Desk, key: int) -> Picture:
    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    return found.content.pictures[0]


def test_what_any_text_covers_is_gone_from_all_of_them_and_undo_brings_back_none(desk: Desk, tmp_path: Path) -> None:
    first = shot(desk, window(tmp_path / "a.png"))
    old = first.file.digest
    key = written(desk, showing(first))
    second = replace(first, marks=(*first.marks, Mark(MarkKind.REDACT, *CORNER)))
    desk.run(SaveGuide(showing(second), key))
    desk.run(PublishGuide(key, "more covered"))
    assert colours(desk, first.file, PASSWORD) > 1
    derived.put(desk.folder, old, "preview", b"pixels")

    outcome = desk.run(PurgeOriginal(old))

    assert not os.path.exists(files.path_of(desk.folder, old))
    assert derived.get(desk.folder, old, "preview") is None
    assert "revision 1" in outcome.notes[0]
    assert "revision 2" in outcome.notes[0]
    for revision in guides.revisions(desk.writer.conn, key):
        (picture,) = revision.content.pictures
        assert picture.file.digest != old
        assert colours(desk, picture.file, PASSWORD) == colours(desk, picture.file, CORNER) == 1
        assert revision.whole
    assert of_draft(desk, key).marks == second.marks
    desk.run(RestoreRevision(key, 1))
    assert of_draft(desk, key).marks == first.marks
    desk.run(Undo())
    desk.run(Undo())  # that the second was published; the purge is passed by
    desk.run(Undo())  # that it was covered further
    assert of_draft(desk, key).file.digest != old
    desk.run(Redo())
    assert sweep(desk.folder, desk.writer).files == 0


def test_what_everybody_cuts_off_is_gone_and_what_one_shows_stays(desk: Desk, tmp_path: Path) -> None:
    cut = replace(shot(desk, window(tmp_path / "a.png"), covered=False), review=Review.COVERED)
    one = replace(cut, marks=(Mark(MarkKind.CROP, 200, 0, 320, 200),))
    two = replace(cut, key="p2", marks=(Mark(MarkKind.CROP, 0, 0, 320, 30), Mark(MarkKind.REDACT, *CORNER)))
    key = written(desk, showing(one))
    written(desk, showing(two, "Other"))
    desk.run(PurgeOriginal(cut.file.digest))
    kept = of_draft(desk, key).file
    assert colours(desk, kept, CORNER) == 1
    assert colours(desk, kept, PASSWORD) > 1  # the second crop and the first leave it between them


def test_requests_that_have_the_file_get_the_covered_one_and_backups_are_named(desk: Desk, tmp_path: Path) -> None:
    picture = shot(desk, window(tmp_path / "a.png"))
    number = desk.capture(line("VPN"))
    desk.run(Attach((number,), (picture.file,)))
    written(desk, showing(picture))
    made = os.path.basename(backup.backup(desk.folder))
    outcome = desk.run(PurgeOriginal(picture.file.digest))
    assert f"also where it was attached: D-{number}" in outcome.notes
    assert f"still in the backups {made}; copies elsewhere may have it, too" in outcome.notes
    (attached,) = attachments(desk.writer.conn, [number])
    files.check(desk.folder, Kept(attached.name, attached.size, attached.digest))


def test_it_can_be_done_again_when_more_was_covered_since(desk: Desk, tmp_path: Path) -> None:
    picture = shot(desk, window(tmp_path / "a.png"))
    key = written(desk, showing(picture))
    desk.run(PurgeOriginal(picture.file.digest))
    once = of_draft(desk, key)
    with pytest.raises(Refused, match="removed already"):
        desk.run(PurgeOriginal(once.file.digest))
    files.check(desk.folder, once.file)
    desk.run(SaveGuide(showing(replace(once, marks=(*once.marks, Mark(MarkKind.REDACT, *CORNER)))), key))
    desk.run(PurgeOriginal(once.file.digest))
    assert not os.path.exists(files.path_of(desk.folder, once.file.digest))
    (picture,) = guides.revisions(desk.writer.conn, key)[0].content.pictures
    assert colours(desk, picture.file, CORNER) == 1


def test_where_nothing_is_covered_nothing_is_removed(desk: Desk, tmp_path: Path) -> None:
    picture = replace(shot(desk, window(tmp_path / "a.png"), covered=False), review=Review.CLEAN)
    written(desk, showing(picture))
    with pytest.raises(Refused, match="Nothing on this picture is covered"):
        desk.run(PurgeOriginal(picture.file.digest))
    with pytest.raises(Refused, match="No guide shows"):
        desk.run(PurgeOriginal("f" * 64))
    files.check(desk.folder, picture.file)


def test_an_original_that_a_kill_left_behind_goes_with_the_next_sweep(desk: Desk, tmp_path: Path) -> None:
    path = window(tmp_path / "a.png")
    picture = shot(desk, path)
    written(desk, showing(picture))
    desk.run(PurgeOriginal(picture.file.digest))
    files.keep(desk.folder, str(path))  # as if it had not come to removing it
    assert sweep(desk.folder, desk.writer).files == 1
    assert not os.path.exists(files.path_of(desk.folder, picture.file.digest))
