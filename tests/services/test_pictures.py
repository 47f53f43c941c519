"""Pictures of guides: kept untouched, made anew for whoever gets them, and once only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from deskmate.domain.files import Kept
from deskmate.domain.picture import Mark, MarkKind, Picture
from deskmate.domain.request import Refused
from deskmate.formats import picture_marks
from deskmate.formats.pictures import Cells, NoPicture
from deskmate.services import pictures
from deskmate.services.desk import Desk
from deskmate.services.pictures import Look
from deskmate.store import derived, files, purged
from tests.support.desks import AT, opened
from tests.support.guides import PASSWORD, window

GROUND = "#102030"
BOX = Mark(MarkKind.REDACT, *PASSWORD)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


@pytest.fixture
def picture(desk: Desk, tmp_path: Path) -> Picture:
    return pictures.keep(desk.folder, str(window(tmp_path / "shot.png")), "p1")


def cached(desk: Desk) -> list[Path]:
    return sorted(Path(desk.folder, "cache").glob("*"))


def test_a_picture_is_kept_untouched_and_what_is_none_stays_where_it_was(desk: Desk, tmp_path: Path) -> None:
    path = window(tmp_path / "shot.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(path) as image:
        image.save(path, exif=exif)
    found = pictures.keep(desk.folder, str(path), "p1")
    assert (found.key, found.width, found.height, found.file.name) == ("p1", 200, 320, "shot.png")
    assert files.content(desk.folder, found.file) == path.read_bytes()
    assert not pictures.moves(desk.folder, found)
    page = tmp_path / "page.png"
    page.write_text("<html>sign in first", encoding="utf-8")
    with pytest.raises(NoPicture, match=r"page.png was not taken: it is not a picture \(looks like HTML\)\.$"):
        pictures.keep(desk.folder, str(page), "p2")
    assert page.exists()


def test_a_picture_is_finished_once_for_its_marks_and_size(
    desk: Desk, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    conn = desk.writer.conn
    covered = replace(picture, marks=(BOX,), alt="a window")
    first = pictures.finished(desk.folder, conn, covered)
    (entry,) = cached(desk)
    assert (entry.stat().st_mode & 0o777, entry.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    monkeypatch.setattr(picture_marks, "finished", lambda *_: pytest.fail("it is there already"))
    assert pictures.finished(desk.folder, conn, covered) == first
    assert pictures.finished(desk.folder, conn, replace(covered, alt="other")).alt == "other"
    monkeypatch.undo()
    assert pictures.finished(desk.folder, conn, picture).data != first.data
    assert pictures.finished(desk.folder, conn, covered, 100).width == 100
    monkeypatch.setattr(picture_marks, "VERSION", 0)
    pictures.finished(desk.folder, conn, covered)
    assert len(cached(desk)) == 4


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: data[:40] + b"x" + data[41:], lambda _: b""])
def test_what_is_damaged_in_the_cache_is_made_anew(desk: Desk, picture: Picture, harm: object) -> None:
    first = pictures.made(desk.folder, picture)
    (entry,) = cached(desk)
    whole = entry.read_bytes()
    entry.write_bytes(harm(whole))  # type: ignore[operator]
    assert pictures.made(desk.folder, picture) == first
    assert entry.read_bytes() == whole


def test_a_cache_that_can_not_be_written_is_no_harm(desk: Desk, picture: Picture) -> None:
    Path(desk.folder, "cache").write_text("not a folder", encoding="utf-8")
    assert pictures.made(desk.folder, picture).width == 320
    assert derived.get(desk.folder, picture.file.digest, "key") is None


def test_the_cache_is_bounded_and_lets_go_of_what_was_not_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "LIMIT", 1000)
    for number in range(8):
        derived.put(desk.folder, "a" * 64, str(number), bytes(100))
        for entry in cached(desk):
            os.utime(entry, (entry.stat().st_atime, entry.stat().st_mtime - 10))
        assert derived.get(desk.folder, "a" * 64, "0"), "used each time"
    left = [key for key in map(str, range(8)) if derived.get(desk.folder, "a" * 64, key)]
    assert left == ["0", "4", "5", "6", "7"]


def test_where_an_original_was_removed_for_good_the_covered_one_is_used(
    desk: Desk, picture: Picture, tmp_path: Path
) -> None:
    conn = desk.writer.conn
    kept = pictures.keep(desk.folder, str(window(tmp_path / "covered.png", secret="")), "p2").file
    purged.put(conn, picture.file.digest, kept, AT)
    conn.commit()
    os.unlink(files.path_of(desk.folder, picture.file.digest))
    assert purged.standing(conn, picture.file) == Kept("shot.png", kept.size, kept.digest)
    assert purged.standing(conn, kept) == kept
    found = pictures.finished(desk.folder, conn, picture)
    with Image.open(BytesIO(found.data)) as image:
        assert len(image.convert("RGB").crop(PASSWORD).getcolors() or ()) == 1


# --- in the terminal ------------------------------------------------------------------------------------------


def chequered(tmp_path: Path, size: tuple[int, int] = (2000, 1000)) -> Path:
    """A picture whose left half is red, and in the middle of whose right one a pixel is green."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.putpixel((size[0] * 3 // 4, size[1] // 2), (0, 255, 0))
    image.save(tmp_path / "large.png")
    return tmp_path / "large.png"


def points(found: Cells) -> list[list[str]]:
    return [[cell[half] for cell in row] for row in found for half in (0, 1)]


def test_a_picture_is_shown_as_large_as_fits_or_a_region_of_it_down_to_the_pixel(desk: Desk, tmp_path: Path) -> None:
    picture = pictures.keep(desk.folder, str(chequered(tmp_path)), "p1")
    look = Look(picture.file, 40, 40, GROUND, (2000, 1000))
    found = points(pictures.cells(desk.folder, look))
    assert (len(found[0]), len(found), found[0][0], found[0][-1]) == (40, 20, "#ff0000", "#0000ff")
    assert len(cached(desk)) == 1
    os.unlink(files.path_of(desk.folder, picture.file.digest))
    assert points(pictures.cells(desk.folder, look)) == found
    pictures.keep(desk.folder, str(chequered(tmp_path)), "p1")
    near = points(pictures.cells(desk.folder, replace(look, region=(1498, 498, 1503, 503))))
    assert (len(near[0]), len(near)) == (40, 40)
    assert {(x, y) for y, row in enumerate(near) for x, each in enumerate(row) if each == "#00ff00"} == {
        (x, y) for x in range(16, 24) for y in range(16, 24)
    }


def test_marks_are_where_they_belong_in_each_look(desk: Desk, tmp_path: Path) -> None:
    picture = pictures.keep(desk.folder, str(chequered(tmp_path)), "p1")
    marks = (Mark(MarkKind.CROP, 800, 400, 1800, 900), Mark(MarkKind.REDACT, 900, 500, 1000, 600))
    look = Look(picture.file, 40, 40, GROUND, (2000, 1000), marks)
    black = "#000000"
    found = points(pictures.cells(desk.folder, look))
    assert (len(found[0]), len(found)) == (40, 20)
    assert {(x, y) for y, row in enumerate(found) for x, each in enumerate(row) if each == black} == {
        (x, y) for x in range(4, 8) for y in range(4, 8)
    }
    whole = points(pictures.cells(desk.folder, replace(look, whole=True)))
    assert (len(whole), whole[0][0], whole[9][16], whole[11][18]) == (20, "#660000", "#ff0000", black)
    for each in (False, True):
        region = points(pictures.cells(desk.folder, replace(look, whole=each, region=(900, 500, 1100, 700))))
        assert (region[5][5], region[5][25], region[25][5]) == (black, "#0000ff", "#ff0000")
    with pytest.raises(Refused, match="leaves nothing"):
        pictures.cells(desk.folder, replace(look, marks=(Mark(MarkKind.CROP, 9, 9, 9, 9),)))


MARKS = st.builds(Mark, st.sampled_from(MarkKind), *[st.integers(-9, 60)] * 4, st.integers(0, 99))


def test_any_region_fills_all_of_its_points(tmp_path: Path) -> None:
    Image.new("RGB", (50, 30), "red").save(tmp_path / "p.png")
    kept = files.keep(str(tmp_path), str(tmp_path / "p.png"))
    place, length, room = st.integers(-9, 60), st.integers(1, 60), st.integers(1, 30)

    @given(place, place, length, length, room, room, st.booleans(), st.lists(MARKS, max_size=3))
    @settings(max_examples=50)
    def run(x: int, y: int, width: int, height: int, columns: int, rows: int, whole: bool, marks: list[Mark]) -> None:
        region = (x, y, x + width, y + height)
        look = Look(kept, columns, 2 * rows, GROUND, (50, 30), tuple(marks), region, whole)
        try:
            found = pictures.cells(str(tmp_path), look)
        except Refused:
            return
        assert (len(found[0]), len(found)) == (columns, rows)

    run()
