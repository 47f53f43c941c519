"""The strip of a prefix: on one line or two, and no name of it cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.text import width as cells
from deskmate.tui.actions.keymap import DEFAULT
from deskmate.tui.actions.keys import TITLES
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.footer import strip_lines, verbs_line


def text(spans: Spans) -> str:
    return "".join(words for words, _style in spans)


@pytest.mark.parametrize("prefix", sorted(DEFAULT.prefixes))
def test_every_strip_fits_the_smallest_screen_whole(prefix: str) -> None:
    pairs = DEFAULT.after(prefix)
    upper, lower = map(text, strip_lines(TITLES[prefix], pairs, 80))
    for key, name in pairs:
        assert any(f" {key} {name} " in f"{line} " for line in (upper, lower)), (key, name)
    assert "more" not in lower


@pytest.mark.parametrize("width", range(30, 60))
def test_a_verb_that_does_not_fit_is_left_out_whole(width: int) -> None:
    pairs = [("enter", "run"), ("p", "pause"), ("e", "edit"), ("m", "month"), ("u", "undo")]
    shown, gap, more = text(verbs_line(pairs, [("? ", "key"), ("more ", "dim")], width)).rpartition("  ? more ")
    assert gap
    assert not more
    assert cells(shown + gap) == width
    assert shown.split("   ")[-1].strip() in {"", *(f"{key} {name}" for key, name in pairs)}


@given(
    st.lists(st.tuples(st.sampled_from(["x", "ctrl+x", "日"]), st.text("ab 日", max_size=30)), max_size=30),
    st.integers(40, 200),
)
def test_no_name_is_cut_and_what_is_missing_is_counted(pairs: list[tuple[str, str]], width: int) -> None:
    upper, lower = strip_lines("title", pairs, width)
    assert cells(text(upper)) == cells(text(lower)) == width
    shown = [words for words, style in (*upper, *lower) if style == "dim"]
    whole = [name for _key, name in pairs]
    counted = [words for words in shown if words.strip().endswith(" more")]
    missing = int(counted[0].split()[0]) if counted else 0
    assert [words.strip() for words in shown if words not in counted] == [
        name.strip() for name in whole[: len(whole) - missing]
    ]
