"""What is new in the folder of screenshots."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from deskmate.services import screenshots
from tests.support.stand_ins import picture


def names(folder: Path, instant: float = 0.0) -> list[str]:
    return [os.path.basename(shot.path) for shot in screenshots.new_since([str(folder)], instant)]


def test_what_came_since_is_new_and_the_newest_first(tmp_path: Path) -> None:
    for age, name in ((30, "before.png"), (20, "one.png"), (10, "two.JPG"), (5, "three.webp"), (1, "notes.txt")):
        (tmp_path / name).write_bytes(b"as if")
        os.utime(tmp_path / name, (1_000 - age, 1_000 - age))
    (tmp_path / "folder.png").mkdir()
    assert names(tmp_path, 1_000 - 25) == ["three.webp", "two.JPG", "one.png"]
    assert screenshots.newest(["/nowhere", str(tmp_path), str(tmp_path)]) == str(tmp_path / "three.webp")
    assert screenshots.newest(["/nowhere"]) == ""


def test_what_is_still_being_written_is_not_there_yet(tmp_path: Path) -> None:
    whole = picture(tmp_path / "whole.png").read_bytes()
    half = tmp_path / "half.png"
    half.write_bytes(whole[:-20])
    (tmp_path / "empty.png").touch()
    assert names(tmp_path) == ["whole.png"]
    half.write_bytes(whole)
    assert sorted(names(tmp_path)) == ["half.png", "whole.png"]
    half.write_bytes(whole[:-20])
    before = time.time() - 60
    os.utime(half, (before, before))
    assert sorted(names(tmp_path)) == ["half.png", "whole.png"], (
        "it will not change any more; its door says what is wrong"
    )


def test_the_folder_somebody_chose_is_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert screenshots.folders("~/shots") == [os.path.expanduser("~/shots")]
    monkeypatch.setattr("platformdirs.user_pictures_dir", lambda: str(tmp_path))
    (tmp_path / "Bildschirmfotos").mkdir()
    shot = picture(tmp_path / "Bildschirmfotos" / "a.png")
    assert screenshots.newest(screenshots.folders()) == str(shot)
