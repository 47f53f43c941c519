"""Kept files that nothing names go, when they are old enough; all others stay."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.commands import Attach, Undo
from deskmate.domain.files import Kept, with_files
from deskmate.domain.guiding import SaveGuide
from deskmate.services.desk import Desk
from deskmate.store import files
from deskmate.store.sweep import GRACE, Swept, sweep
from tests.support.desks import line, opened
from tests.support.guides import VPN, shot, window, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def old(desk: Desk, name: str, text: str = "words") -> Kept:
    """A file that was kept long ago."""
    kept = files.keep_text(desk.folder, name, text)
    long_ago = time.time() - 2 * GRACE
    os.utime(files.path_of(desk.folder, kept.digest), (long_ago, long_ago))
    return kept


def is_there(desk: Desk, kept: Kept) -> bool:
    return os.path.exists(files.path_of(desk.folder, kept.digest))


def test_what_nothing_names_goes_when_it_is_old_enough(desk: Desk) -> None:
    stray, young = old(desk, "a.txt", "stray"), files.keep_text(desk.folder, "b.txt", "young")
    assert sweep(desk.folder, desk.writer, dry=True) == Swept(1, 5, 1)
    assert is_there(desk, stray)
    assert sweep(desk.folder, desk.writer) == Swept(1, 5, 1)
    assert not is_there(desk, stray)
    assert is_there(desk, young)
    assert sweep(desk.folder, desk.writer, now=time.time() + 2 * GRACE) == Swept(1, 5, 0)


def test_what_is_kept_again_is_young_again(desk: Desk) -> None:
    kept = old(desk, "a.txt")
    assert files.keep_text(desk.folder, "again.txt", "words").digest == kept.digest
    assert sweep(desk.folder, desk.writer) == Swept(0, 0, 1)


def test_what_rows_drafts_and_undo_name_stays(desk: Desk, tmp_path: Path) -> None:
    number = desk.capture(line("printer"))
    attached, undone, drafted = (old(desk, f"{name}.txt", name) for name in ("attached", "undone", "drafted"))
    desk.run(Attach((number,), (attached,)))
    desk.run(Attach((number,), (undone,)))
    desk.run(Undo())
    desk.save_draft("note:1", with_files("see", [drafted]), 3)
    picture = shot(desk, window(tmp_path / "a.png"))
    key = written(desk, replace(VPN, steps=(replace(VPN.steps[0], pictures=(picture,)),)))
    desk.run(SaveGuide(VPN, key))  # only what was published names the picture now
    later = time.time() + 2 * GRACE
    assert sweep(desk.folder, desk.writer, now=later).files == 0
    assert all(is_there(desk, each) for each in (attached, undone, drafted, picture.file))


def test_what_is_no_kept_file_is_left_alone(desk: Desk) -> None:
    stray = old(desk, "a.txt")
    shelf = Path(files.path_of(desk.folder, stray.digest)).parent
    (shelf / "notes").write_text("mine")
    (shelf.parent / "README").write_text("mine")
    (shelf / ("f" * 64)).symlink_to(shelf / "notes")
    assert sweep(desk.folder, desk.writer, now=time.time() + 2 * GRACE).files == 1
    assert (shelf / "notes").exists()
    assert (shelf.parent / "README").exists()
