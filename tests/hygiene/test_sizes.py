"""A module that grows past what one can hold in mind is two modules."""

from pathlib import Path

import deskmate

PACKAGE = Path(deskmate.__file__).parent
LIMIT = 600
LIMITS = {"tui/app.py": 250}
"""Modules held to less than the general limit."""
TABLES: frozenset[str] = frozenset()
"""Modules that are nothing but data, such as sample requests: their length says nothing."""


def test_no_module_is_too_long() -> None:
    too_long = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        limit = LIMITS.get(name, LIMIT)
        if name not in TABLES and lines > limit:
            too_long.append(f"{name}: {lines} lines, allowed are {limit}")
    assert not too_long


def test_the_tables_that_may_be_long_exist() -> None:
    assert [name for name in sorted(TABLES) if not (PACKAGE / name).exists()] == []
