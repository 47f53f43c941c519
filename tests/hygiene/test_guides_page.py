"""docs/guides.md names every field of the text, and its example is understood."""

from dataclasses import replace
from itertools import count
from pathlib import Path

from deskmate.formats.guide_text import ABOVE, BELOW, OF_PLACEHOLDER, Written, read, write

PAGE = (Path(__file__).parents[2] / "docs" / "guides.md").read_text(encoding="utf-8")


def test_every_field_is_named() -> None:
    assert [name for name in (*ABOVE, *OF_PLACEHOLDER, *BELOW) if f"| `{name}` |" not in PAGE] == []


def test_the_example_is_written_as_guides_are() -> None:
    example = PAGE.split("## As text")[1].split("```\n")[1]
    numbers = count()
    found = read(example, None, lambda: f"s{next(numbers)}")
    assert found == Written(replace(found.content, title="Connect to the VPN"))
    assert len(found.content.steps) == 2
    assert write(found.content, bare=True) == example
