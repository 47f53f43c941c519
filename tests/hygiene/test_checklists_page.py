"""docs/checklists.md names every field of the text, and all its examples are understood."""

import re
from pathlib import Path

from deskmate.domain import measure
from deskmate.formats.checklist_schedule import problems
from deskmate.formats.checklist_text import ABOVE, BELOW, read, write

PAGE = (Path(__file__).parents[2] / "docs" / "checklists.md").read_text(encoding="utf-8")


def test_every_field_is_named() -> None:
    assert [name for name in (*ABOVE, *BELOW) if f"| `{name}` |" not in PAGE] == []


def test_the_example_is_written_as_checklists_are() -> None:
    example = PAGE.split("```markdown\n")[1].split("```")[0]
    (found,) = read(example)
    assert found.problems == ()
    assert write(found.name, found.content, found.schedule) == example


def test_what_can_be_written_is_taken() -> None:
    due = PAGE.split("## When it is due")[1].split("## Good ones")[0]
    for row in re.findall(r"^\| (`.+`) \|", due, re.MULTILINE):
        for said in re.findall(r"`([^`]+)`", row):
            assert problems({"when": said}) == {}, said
    for limits in ("45 or more", "26 or less", "18 to 27", "exactly 0", "°C, 18 to 27, better 20 to 25"):
        assert f"`{limits}`" in PAGE
        assert measure.parse(limits) != measure.Measure()
