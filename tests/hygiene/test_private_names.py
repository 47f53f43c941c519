"""No attribute of ours hides one of Textual's: a dialog that sets `_closed` never closes again."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from textual.app import App
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

ROOT = Path(__file__).parents[2] / "src" / "deskmate" / "tui"
BASES = (App, ModalScreen, Screen, Input, Widget)
ALLOWED = {"id", "theme", "animation_level", "title", "border_title", "border_subtitle", "value", "cursor_position"}
"""Public attributes of Textual's that are there to be set."""


def own_classes() -> list[type]:
    found: list[type] = []
    for path in sorted(ROOT.rglob("*.py")):
        if path.name == "terminal.py":
            continue  # the one room that touches Textual's private parts, with a test of its own
        module = importlib.import_module(".".join(path.relative_to(ROOT.parents[1]).with_suffix("").parts))
        found += [
            kind
            for kind in vars(module).values()
            if inspect.isclass(kind) and kind.__module__ == module.__name__ and issubclass(kind, BASES)
        ]
    return found


def assigned(kind: type) -> set[str]:
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind)))
    return {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    }


def taken(kind: type) -> set[str]:
    base = next(base for base in BASES if issubclass(kind, base))
    example = base()
    return set(dir(base)) | set(vars(example))


@pytest.mark.parametrize("kind", own_classes(), ids=lambda kind: kind.__qualname__)
async def test_no_attribute_hides_one_of_textuals(kind: type) -> None:
    assert assigned(kind) & taken(kind) <= ALLOWED


async def test_the_test_would_see_it() -> None:
    assert "_closed" in taken(ModalScreen)
