"""docs/keys.md tells the truth."""

from pathlib import Path

from deskmate.tui.actions.reference import page

ROOT = Path(__file__).parents[2]


def test_the_page_of_keys_is_what_the_registry_says() -> None:
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == page()
