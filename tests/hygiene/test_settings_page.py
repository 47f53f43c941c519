"""docs/settings.md names every setting there is, and its example is one that works."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

from deskmate.config import Config, load
from deskmate.tui.actions.keys import LIST
from deskmate.tui.actions.own_keys import own_keys

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def test_every_setting_is_on_the_page() -> None:
    names = []
    for each in fields(Config):
        if is_dataclass(each.default):
            names += [str(inner.metadata.get("name", inner.name)) for inner in fields(each.default)]
            assert f"## `[{each.name}]`" in PAGE
        elif each.name not in ("keys", "remarks"):
            names.append(each.name)
    assert [name for name in names if f"| `{name}` |" not in PAGE] == []


def test_every_prefix_is_named() -> None:
    assert [each for each in LIST.values() if each.startswith("prefix:") and f"`{each}`" not in PAGE] == []


def test_the_examples_work(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for example in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL):
        file.write_text(example, encoding="utf-8")
        found = load(str(file))
        assert (found.remarks, own_keys(found.keys)[1]) == ((), ())
