"""Names that say nothing, marks of unfinished work, and colours outside the themes."""

import re
from collections.abc import Iterator
from pathlib import Path

import deskmate

PACKAGE = Path(deskmate.__file__).parent
ROOT = Path(__file__).parents[2]
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|managers?|common|misc|.*_(utils?|helpers?|manager))$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
# Six or eight digits anywhere; three or four only in style sheets, because #104 may be a request.
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b")
HEX_COLOUR_IN_STYLE = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")


def found(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    """Where the pattern occurs, as ``file:line: text``."""
    return [
        f"{path.relative_to(PACKAGE).as_posix()}:{number}: {line.strip()}"
        for path in sorted(paths)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_modules_are_named_after_what_they_hold() -> None:
    names = [path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts]
    for folder in ("tests", "bench"):
        names.extend((ROOT / folder).rglob("*.py"))
    assert [str(path) for path in names if EMPTY_NAMES.match(path.stem)] == []


def test_nothing_is_left_unfinished() -> None:
    assert found(UNFINISHED, PACKAGE.rglob("*.py")) == []
    assert found(UNFINISHED, PACKAGE.rglob("*.sql")) == []


def test_colours_live_in_the_themes() -> None:
    outside = (path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "tui" / "themes.py")
    assert found(HEX_COLOUR, outside) == []
    assert found(HEX_COLOUR_IN_STYLE, PACKAGE.rglob("*.tcss")) == []
