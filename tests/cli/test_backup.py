"""``backup``: a folder with a sound copy, or a reason."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support.desks import assert_sound, looking


def test_prints_the_folder_of_a_sound_copy(shell: Shell, desk_folder: Path, tmp_path: Path) -> None:
    shell("add", "kept")
    here = Path(shell("backup").out.strip())
    there = Path(shell("backup", str(tmp_path / "usb")).out.strip())
    assert (here.parent, there.parent) == (desk_folder / "backups", tmp_path / "usb")
    for folder in (here, there):
        with looking(folder) as conn:
            assert_sound(conn)
            assert conn.execute("SELECT title FROM request").fetchall() == [("kept",)]


def test_a_relative_folder_is_one_of_the_caller(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("add", "kept")
    monkeypatch.chdir(tmp_path)
    assert shell("backup", "here").out.startswith(os.path.join(str(tmp_path), "here"))


def test_nothing_to_copy(shell: Shell, desk_folder: Path) -> None:
    ended = shell("backup")
    assert (ended.code, ended.out) == (1, "")
    assert "nothing to back up" in ended.err
    assert not desk_folder.exists()
    assert shell("backup", "a", "b").code == 2
