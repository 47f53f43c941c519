"""Own keys: what they replace, and why some are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.config import Binding
from deskmate.domain.actions import BY_ID
from deskmate.tui.actions import keys
from deskmate.tui.actions.keymap import DEFAULT, Keyboard, Keymap, Press
from deskmate.tui.actions.own_keys import own_keys

PREFIXES = sorted(found for found in keys.LIST.values() if found.startswith("prefix:"))
NAMES = [
    *"abxzNZ19?+é",
    "Esc",
    "ctrl+n",
    "ctrl+x",
    "ctrl+i",
    "f5",
    "F1",
    "space",
    "pgdn",
    "tab",
    "alt+x",
    "alt+f5",
    "",
    "hyper+x",
]


def bound(**wanted: str | list[str]) -> tuple[Keymap, list[str]]:
    """The keymap with these keys (``__`` for the dot), and what was left out, with its line."""
    bindings = [
        Binding(action.replace("__", "."), (found,) if isinstance(found, str) else tuple(found), line)
        for line, (action, found) in enumerate(wanted.items(), 1)
    ]
    keymap, remarks = own_keys(bindings)
    return keymap, [str(remark) for remark in remarks]


def test_without_own_keys_all_is_as_it_comes() -> None:
    assert own_keys([]) == (DEFAULT, ())


def test_an_own_key_replaces_those_of_its_action() -> None:
    keymap, left_out = bound(note="N", resolve=["Q", "f5"])
    assert not left_out
    assert (keymap.keys_of("note"), keymap.keys_of("resolve")) == (["N"], ["Q", "f5"])
    assert Keyboard(keymap).press("N", opened=True) == Press(action="note")
    assert Keyboard(keymap).press("n", opened=False) is None
    assert keymap.own("n") == "N"
    assert keymap.own("h l") == "h l"
    assert DEFAULT.keys_of("note") == ["n"]


def test_two_keys_can_change_places() -> None:
    keymap, left_out = bound(undo="U", redo="u")
    assert not left_out
    assert (keymap.key("undo"), keymap.key("redo")) == ("U", "u")


def test_a_panel_has_own_keys_too_and_no_key_means_two_things_there() -> None:
    keymap, left_out = bound(hours__edit="x", week__today=".", hours__leave="a L")
    assert not left_out
    assert Keyboard(keymap).press("x", panel="availability") == Press(action="hours.edit")
    assert Keyboard(keymap).press("x") == Press(action="resolve")
    assert keymap.keys_of("hours.leave") == ["a L"]
    keymap, left_out = bound(week__next="u", panel__queue="t")
    assert [line.partition(":")[2].strip() for line in left_out] == [
        "u is the key of undo already, so week.next can not have it.",
        "t is the key of tags already, so panel.queue can not have it.",
    ]
    _keymap, left_out = bound(tags="N", panel__queue="t")
    assert ["week.today" in line for line in left_out] == [True]


def test_a_second_key_and_a_prefix_move() -> None:
    keymap, left_out = own_keys([Binding("priority.1", ("P !",), 1), Binding("prefix:priority", ("P",), 2)])
    assert not left_out
    assert keymap.keys_of("priority.1") == ["P !"]
    assert keymap.keys_of("priority.2") == ["P 2"]
    assert ("!", "P1") in keymap.after("priority")


def test_a_verb_can_be_had_in_one_key_or_after_any_prefix() -> None:
    keymap, left_out = bound(priority__1=["p 1", "!"], priority__matrix="Q", note="y n")
    assert not left_out
    assert keymap.keys_of("priority.1") == ["!", "p 1"]
    assert Keyboard(keymap).press("Q", opened=False) == Press(prefix="matrix")
    assert ("n", "note") in keymap.after("copy")


def test_what_works_everywhere_takes_a_letter_on_lists_only() -> None:
    keymap, left_out = bound(capture=["ctrl+g", "Z", "f5"])
    assert not left_out
    assert keymap.listed["Z"] == "capture"
    assert "Z" not in keymap.anywhere
    assert keymap.anywhere["f5"] == "capture"
    assert keymap.standard("f5") == "ctrl+n"
    assert keymap.meaning("ctrl+n", opened=False) is None


def test_what_works_everywhere_keeps_a_key_that_does() -> None:
    keymap, left_out = bound(help="#")
    assert not left_out
    assert keymap.keys_of("help") == ["f1", "#"]


def test_esc_stays_with_backing_out() -> None:
    keymap, left_out = bound(back="Q")
    assert not left_out
    assert keymap.keys_of("back") == ["esc", "Q"]


@pytest.mark.parametrize(
    ("action", "key", "said"),
    [
        ("not", "N", "line 1: there is no action “not”, did you mean “note”?"),
        ("zzz", "N", "line 1: there is no action “zzz”."),
        ("note", "", "line 1: “” for note is not a key."),
        ("note", "p n n", "line 1: “p n n” for note is not a key, or a prefix and a key."),
        ("note", "ctrl+i", "line 1: ctrl+i can not be the key of note: terminals send it as tab."),
        ("note", "p ctrl+s", "line 1: ctrl+s can not be the key of note: it stops the output of many terminals."),
        ("note", "ecs", "line 1: “ecs” for note is no key, did you mean “esc”?"),
        ("note", "shift+n", "line 1: “shift+n” for note is no key: write “N”."),
        ("note", "ctrl+enter", "line 1: “ctrl+enter” for note is no key: terminals send it as enter, or not at all."),
        ("note", "alt+n", "line 1: “alt+n” for note is no key: many terminals send it as esc and n."),
        ("note", "ctrl+1", "line 1: “ctrl+1” for note is no key: terminals have ctrl with a letter,"
         " and ctrl and alt with arrows and function keys."),
        ("note", "x", "line 1: x is the key of resolve already, so note can not have it."),
        ("note", "p 1", "line 1: after p 1 is the key of priority.1 already, so note can not have it."),
        ("note", "x n", "line 1: x in the keys of note begins nothing; what does: {begin}."),
        ("note", "ctrl+n", "line 1: ctrl+n is the key of capture already, so note can not have it."),
        ("note", "esc", "line 1: esc can not be the key of note: it always backs out."),
        ("note", "ctrl+o", "line 1: ctrl+o can not be the key of note: text fields need it to save and to open"
         " the editor."),
        ("quit", "Q", "line 1: Q can not be the key of quit, which works while text is typed too: take ctrl with"
         " a letter, or a function key."),
        ("quit", "ctrl+w", "line 1: ctrl+w can not be the key of quit, which works while text is typed too: take"
         " ctrl with a letter, or a function key."),
    ],
)  # fmt: skip
def test_keys_that_can_not_be_are_left_out_with_the_reason(action: str, key: str, said: str) -> None:
    keymap, left_out = bound(**{action: key})
    begin = ", ".join(key for key, found in keys.LIST.items() if found.startswith("prefix:"))
    assert left_out == [said.format(begin=begin)]
    assert keymap.keys_of("note") == DEFAULT.keys_of("note")
    assert keymap.keys_of("quit") == DEFAULT.keys_of("quit")


def test_of_two_that_want_one_key_the_second_is_left_out_and_both_are_named() -> None:
    keymap, left_out = bound(note="N", tags="N")
    assert left_out == ["line 2: N is the key of note already, so tags can not have it."]
    assert (keymap.key("note"), keymap.key("tags")) == ("N", "t")


def test_what_is_left_out_takes_its_keys_back_from_others() -> None:
    keymap, left_out = bound(note="x", resolve="ctrl+i")
    assert left_out == [
        "line 1: x is the key of resolve already, so note can not have it.",
        "line 2: ctrl+i can not be the key of resolve: terminals send it as tab.",
    ]
    assert (keymap.key("note"), keymap.key("resolve")) == ("n", "x")


def test_no_keys_at_all_are_refused() -> None:
    assert own_keys([Binding("note", (), 3)])[1][0].text == "note would have no key left."


@given(
    st.lists(
        st.builds(
            Binding,
            st.sampled_from([*BY_ID, *PREFIXES, "nothing"]),
            st.lists(st.lists(st.sampled_from(NAMES), max_size=2).map(" ".join), max_size=2).map(tuple),
            st.integers(1, 9),
        ),
        unique_by=lambda binding: binding.action,
        max_size=8,
    )
)
def test_whatever_somebody_binds_the_keys_are_sound(bindings: list[Binding]) -> None:
    keymap, left_out = own_keys(bindings)
    assert keymap.problems() == []
    assert len(left_out) <= len(bindings)
