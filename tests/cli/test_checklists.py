"""``checklist``: made of text, changed, shown and passed on in the shell."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

MORNING = b"""# Morning look

* Minutes: 8

- [ ] Night backup jobs all green
- [ ] Free space on the file server
  - value: %, 15 or more
"""


def test_a_checklist_is_made_of_a_text_and_dropped_by_the_beginning_of_its_name(shell: Shell) -> None:
    made = shell("checklist", "new", "-", stdin=MORNING)
    assert (made.code, made.out) == (0, "saved “Morning look”\n")
    again = shell("checklist", "new", "-", stdin=MORNING)
    assert again.code == 1
    assert "“Morning look” is a checklist already" in again.err
    assert shell("checklist", "drop", "morn").out == "dropped “Morning look”\n"
    assert "No checklist goes by" in shell("checklist", "drop", "morn").err


def test_a_broken_line_is_named_with_its_file_and_nothing_is_made(shell: Shell) -> None:
    broken = shell("checklist", "new", "-", stdin=MORNING.replace(b"15 or", b"fifteen or"))
    assert broken.code == 1
    assert "-, line 7: “fifteen or more” is no limit" in broken.err
    assert shell("checklist", "new", "-", stdin=MORNING).code == 0


@pytest.mark.parametrize("argv", [["checklist"], ["checklist", "lsit"], ["checklist", "new"]])
def test_a_word_that_is_not_understood_says_what_there_is(shell: Shell, argv: list[str]) -> None:
    ended = shell(*argv)
    assert ended.code == 2
    assert "checklist" in ended.err


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    """An editor that does one thing at its first opening, another at its second."""
    program = folder / "editor.py"
    program.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1]); times = pathlib.Path(__file__).with_suffix('.times')\n"
        "count = len(times.read_text()) if times.exists() else 0; times.write_text('x' * (count + 1))\n"
        f"text = path.read_text(); text = [{', '.join(scripts)}][count]\n"
        "path.write_text(text)\n"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {program}")


def test_what_is_exported_comes_back_and_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    assert shell("checklist", "starters", "all").out == "made 13 checklists\n"
    folder = tmp_path / "out"
    written = shell("checklist", "export", "--all", f"{folder}/")
    assert len(written.out.splitlines()) == 13
    again = shell("checklist", "import", *map(str, sorted(folder.iterdir())))
    assert (again.code, again.out.count("unchanged: ")) == (0, 13)
    one = tmp_path / "one.md"
    shell("checklist", "export", "Patch", "round", str(one))
    assert one.read_text() == shell("checklist", "export", "patch", "-").out
    one.write_text(one.read_text().replace("Minutes: 60", "Minutes: 75"))
    tried = shell("checklist", "import", str(one), "--dry-run")
    assert tried.out == "“Patch round”, revision 2\n"
    assert shell("checklist", "show", "patch", "--json").json["minutes"] == 60
    assert shell("checklist", "import", str(one)).out == tried.out
    assert shell("checklist", "show", "patch", "--json").json["minutes"] == 75
    assert shell("checklist", "show", "patch", "--revision", "1", "--json").json["minutes"] == 60
    assert "minutes 75, was 60" in shell("checklist", "show", "patch", "--changes").out
    assert shell("checklist", "restore", "patch", "1").out == "saved “Patch round”, revision 3\n"
    assert shell("checklist", "restore", "patch", "7").code == 2


def test_an_import_names_every_broken_line_and_takes_the_rest(shell: Shell, tmp_path: Path) -> None:
    text = tmp_path / "lists.md"
    text.write_bytes(MORNING + b"# Bad\n\n- [ ] x\n  - valeu: 3\n  - day: soon\n")
    ended = shell("checklist", "import", str(text))
    assert (ended.code, ended.out) == (1, "new: “Morning look”\n")
    assert "line 11: an item has no field “valeu”: did you mean value?" in ended.err
    assert "line 12: day is a number" in ended.err
    assert "left out: “Bad”" in ended.err
    failed = shell("checklist", "import", str(text), "--json").json["failed"]
    assert [(each["line"], each["text"]) for each in failed] == [(11, "- valeu: 3"), (12, "- day: soon")]
    assert "holds no checklist" in shell("checklist", "import", "-", stdin=b"\n").err


def test_the_editor_opens_again_with_what_is_wrong_above_its_line(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("checklist", "new", "-", stdin=MORNING)
    editor(
        tmp_path,
        monkeypatch,
        "text.replace('Minutes: 8', 'Minutes: eight')",
        "text.replace('<!-- deskmate: minutes are a number from 1 to 1,440 -->\\n* Minutes: eight', '* Minutes: 9')",
    )
    assert shell("checklist", "edit", "morning").out == "saved “Morning look”, revision 2\n"
    assert shell("checklist", "show", "morning", "--json").json["minutes"] == 9


def test_leaving_a_broken_text_as_it_is_keeps_it_in_a_file(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("checklist", "new", "-", stdin=MORNING)
    editor(tmp_path, monkeypatch, "text.replace('Minutes: 8', 'Minutes: eight')", "text")
    ended = shell("checklist", "edit", "morning")
    assert ended.code == 1
    assert "your text, line 4: minutes are a number" in ended.err
    path = Path(ended.err.split("Your text is in ")[1].splitlines()[0].rstrip("."))
    assert "Minutes: eight" in path.read_text()
    assert shell("checklist", "show", "morning", "--json").json["revision"] == 1
