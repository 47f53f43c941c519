"""The key tables, and what one key after another comes to."""

from collections.abc import Iterator

import pytest

from deskmate.domain.actions import ACTIONS, BY_ID
from deskmate.tui.actions import keys
from deskmate.tui.actions.keymap import DEFAULT, Keyboard, Keymap, Press

PREFIX_KEYS = {
    found.removeprefix("prefix:"): key
    for table in (keys.LIST, *keys.PANELS.values())
    for key, found in table.items()
    if found.startswith("prefix:")
}
EVERY_KEY = sorted(
    {*keys.ANYWHERE, *keys.LIST, *keys.OPEN, *"abcdefghijklmnopqrstuvwxyz", "f7", "ctrl+y", "backspace"}
)


def test_the_keys_have_no_problems() -> None:
    assert Keymap().problems() == []


def test_action_ids_are_given_once() -> None:
    assert len(BY_ID) == len(ACTIONS)


def test_an_unknown_action_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.LIST, "Z", "explode")
    assert Keymap().problems() == ["list: Z runs explode, which does not exist"]


def test_an_unknown_prefix_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.LIST, "Z", "prefix:nothing")
    assert Keymap().problems() == ["list: Z runs prefix:nothing, which does not exist"]


def test_an_unknown_second_key_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.PREFIXES["drop"], "z", "drop.everything")
    assert Keymap().problems() == ["drop: z runs drop.everything, which does not exist"]


@pytest.mark.parametrize("key", sorted(keys.UNSAFE))
def test_a_key_that_terminals_swallow_is_found(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.LIST, key, "undo")
    assert Keymap().problems() == [f"list: {key}: {keys.UNSAFE[key]}"]


@pytest.mark.parametrize("scope", [keys.LIST, keys.OPEN])
def test_a_clash_with_a_key_of_everywhere_is_found(scope: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scope, "ctrl+n", "undo")
    assert Keymap().problems() == ["ctrl+n means two things"]


def test_a_key_of_the_list_that_is_hidden_unlisted_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.OPEN, "x", "back")
    assert Keymap().problems() == ["x of an open request hides that of the list"]


def test_an_action_without_a_key_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(keys.LIST, "R")
    assert Keymap().problems() == ["reopen has no key"]


def test_a_prefix_that_nothing_leads_to_makes_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(keys.LIST, "d")
    assert [line for line in Keymap().problems() if line.startswith("drop.")] == [
        f"{action} has no key" for action in keys.PREFIXES["drop"].values()
    ]


@pytest.mark.parametrize("action", [action.id for action in ACTIONS if action.id not in keys.BY_NAME])
def test_every_action_is_reached_by_the_keys_it_names(action: str) -> None:
    named = DEFAULT.keys_of(action)
    assert named
    back = {shown: key for key, shown in keys.NAMES.items()}
    asked_by = {prefix: action for action, prefix in keys.LEADS_TO.items()}
    for way in named:
        reached = set()
        for opened, panel in ((False, ""), (True, ""), *((False, panel) for panel in keys.PANELS)):
            keyboard = Keyboard()
            found: Press | None = None
            for key in way.split(" "):
                found = keyboard.press(back.get(key, key), opened=opened, panel=panel)
            if found is not None:
                reached.add(found.action or asked_by.get(found.prefix, ""))
        assert action in reached


def test_keys_are_written_as_people_call_them() -> None:
    assert DEFAULT.keys_of("priority.2") == ["p 2"]
    assert DEFAULT.keys_of("back") == ["esc", "h", "left"]
    assert DEFAULT.keys_of("page.down") == ["pgdn", "space"]
    assert DEFAULT.keys_of("help") == ["f1", "?"]


def every_prefix_and_key() -> Iterator[tuple[str, str]]:
    for prefix in keys.PREFIXES:
        for key in EVERY_KEY:
            yield prefix, key


@pytest.mark.parametrize("opened", [False, True])
def test_the_key_after_a_prefix_belongs_to_it_always(opened: bool) -> None:
    for prefix, key in every_prefix_and_key():
        keyboard = Keyboard()
        keyboard.wait(prefix)
        found = keyboard.press(key, opened=opened)
        expected = keys.PREFIXES[prefix].get(key)
        if key == "escape":
            assert found == Press(), (prefix, key)
        elif expected is None:
            # It is said, and nothing runs.
            assert found == Press(reason=f"{keys.TITLES[prefix]}: there is no {keys.shown(key)}"), (prefix, key)
        elif expected in keys.LEADS_TO:
            assert found == Press(prefix=keys.LEADS_TO[expected])
        else:
            assert found == Press(action=expected), (prefix, key)
        # The prefix is over, unless it asks on.
        assert keyboard.prefix == keys.LEADS_TO.get(expected or "", ""), (prefix, key)


def test_a_verb_key_after_a_prefix_is_swallowed_and_works_again_afterwards() -> None:
    keyboard = Keyboard()
    assert keyboard.press("p", opened=False) == Press(prefix="priority")
    assert keyboard.press("x", opened=False) == Press(reason="priority: there is no x")
    assert keyboard.press("x", opened=False) == Press(action="resolve")


def test_a_burst_reads_as_it_was_meant() -> None:
    keyboard = Keyboard()
    pressed = [keyboard.press(key, opened=False) for key in "p1xdsp9j"]
    assert [found.action for found in pressed if found and found.action] == [
        "priority.1",
        "resolve",
        "drop.spam",
        "down",
    ]


@pytest.mark.parametrize("key", ["f7", "ctrl+y", "Q", "ä", "漢"])
def test_a_key_without_a_meaning_is_nobodys(key: str) -> None:
    assert Keyboard().press(key, opened=False) is None


def test_an_open_request_has_its_own_keys_first() -> None:
    for key in keys.SHADOWED:
        assert Keyboard().press(key, opened=True) == Press(action=keys.OPEN[key])
        assert Keyboard().press(key, opened=False) == Press(action=keys.LIST[key])


def test_a_panel_has_its_own_keys_and_those_of_every_list() -> None:
    for panel, table in keys.PANELS.items():
        own = next(key for key, action in table.items() if not action.startswith("prefix:"))
        assert Keyboard().press(own, panel=panel) == Press(action=table[own])
        assert Keyboard().press("u", panel=panel) == Press(action="undo")
        foreign = Keyboard().press("w", panel=panel)
        assert foreign is None or foreign.action in table.values(), "no verb on requests"
        with_clash = Keymap(panels={**keys.PANELS, panel: {**table, "u": "week.next"}})
        assert with_clash.problems() == [f"u of {panel} hides what every panel has"]


def test_a_strip_names_every_second_key() -> None:
    assert PREFIX_KEYS.keys() == keys.PREFIXES.keys() - {
        "matrix",
        "urgency",
        "chase",
        "move",
        "file",
        "text",
    }  # second questions
    for prefix, table in keys.PREFIXES.items():
        assert [key for key, _title in DEFAULT.after(prefix)] == list(table)
        assert all(title for _key, title in DEFAULT.after(prefix))
        assert keys.TITLES[prefix]
