"""The technician's editor: whatever it does, a text comes back and nothing is lost."""

import os
import stat
import sys
from pathlib import Path

import pytest

from deskmate.formats import editor
from deskmate.formats.editor import Edited, chosen, edit


def program(folder: Path, body: str) -> list[str]:
    path = folder / "editor"
    path.write_text(f"#!{sys.executable}\nimport os, sys\npath = sys.argv[-1]\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return [str(path), "--wait"]


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "data").mkdir()
    return str(tmp_path / "data")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("open(path, 'a').write(' more\\n')", Edited("tëxt more")),
        ("", Edited("tëxt")),
        ("open(path, 'wb').write(b'a\\xff\\x1b\\r\\n')", Edited("a\ufffd␛")),
        ("open(path, 'w')", Edited("tëxt", "editor left it empty; your text is as it was")),
        ("os.unlink(path)", Edited("tëxt", "editor left no file; your text is as it was")),
        ("sys.exit(1)", Edited("tëxt", "editor ended with 1; your text is as it was")),
    ],
)
def test_what_comes_back(tmp_path: Path, data: str, body: str, found: Edited) -> None:
    assert edit("tëxt", program(tmp_path, body), data) == found
    assert os.listdir(data) == []


def test_what_a_failing_editor_had_written_is_kept_and_named(tmp_path: Path, data: str) -> None:
    found = edit("text", program(tmp_path, "open(path, 'w').write('half'); os.abort()"), data)
    (kept,) = Path(data).iterdir()
    assert found == Edited("text", f"editor ended with -6; your text is as it was, its own is in {kept}")
    assert kept.read_text(encoding="utf-8") == "half"


def test_the_file_is_private(tmp_path: Path, data: str) -> None:
    found = edit("text", program(tmp_path, "mode = os.stat(path).st_mode; open(path, 'w').write(str(mode))"), data)
    assert stat.S_IMODE(int(found.text)) == 0o600


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-editor"], "no-such-editor was not found; your text is as it was"),
        (["/"], " can not be run; your text is as it was"),
        ([], "no editor is set"),
    ],
)
def test_one_that_can_not_be_run_changes_nothing(data: str, words: list[str], said: str) -> None:
    found = edit("text", words, data)
    assert (found.text, os.listdir(data)) == ("text", [])
    assert found.said.startswith(said)


def test_a_folder_that_is_full_or_gone_changes_nothing(tmp_path: Path) -> None:
    assert edit("text", ["true"], str(tmp_path / "none")) == Edited(
        "text", "the editor can not be opened: No such file or directory"
    )


def test_settings_come_before_visual_and_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor.shutil, "which", lambda name: name == "vi")
    assert chosen(()) == ["vi"]
    monkeypatch.setenv("EDITOR", "emacs -nw")
    assert chosen(()) == ["emacs", "-nw"]
    monkeypatch.setenv("VISUAL", "'my editor' --wait")
    assert chosen(()) == ["my editor", "--wait"]
    monkeypatch.setenv("VISUAL", "it's")
    assert chosen(()) == ["it's"]
    assert chosen(("hx", "--x")) == ["hx", "--x"]
