"""A guide is written with the keyboard alone: typed in place, each text saved when it is left, all of it undoable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from deskmate.domain.guide import MOST_STEPS, Caution, Guide, Step
from deskmate.domain.guiding import SaveGuide
from deskmate.store.connection import open_reader
from deskmate.store.read import guides
from deskmate.tui.dialogs.step import StepDialog
from deskmate.tui.frame import Spans
from deskmate.tui.screens.guide.screen import GuideScreen
from tests.support.desks import opened
from tests.support.guides import VPN, window, written
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path) as desk:
        written(desk, VPN, published=False)
    return tmp_path


async def editor(seat: Seat, step: str = "") -> GuideScreen:
    """Open the guide of this folder in the editor."""
    seat.queue.panels.go({"panel": "guide", "guide": 1, "step": step})
    await seat.wait_until(lambda: isinstance(seat.app.screen, GuideScreen))
    await seat.settle()
    found = seat.app.screen
    assert isinstance(found, GuideScreen)
    return found


def stored(seat: Seat) -> Guide:
    conn = open_reader(seat.folder)
    try:
        found = guides.guide(conn, 1)
    finally:
        conn.close()
    assert found is not None
    return found


async def test_a_guide_is_written_without_leaving_the_keyboard(folder: Path) -> None:
    async with seated(folder) as seat:
        panel = await editor(seat, "s3")
        seat.keys = 0
        await seat.press("a")
        await seat.type("Click [Yes].")
        await seat.press("tab")
        await seat.type("The blue window")
        await seat.press("tab")
        await seat.type("It closes.")
        await seat.press("ctrl+o")
        await seat.type("Ring us.")
        await seat.press("escape")
        assert seat.keys == 5
        fourth, fifth = stored(seat).content.steps[3:]
        assert (fourth.action, fourth.where, fourth.expect) == ("Click [Yes].", "The blue window", "It closes.")
        assert fifth.action == "Ring us."
        assert "▌ 5 Ring us." in seat.text()
        await seat.press("u")
        assert len(stored(seat).content.steps) == 4
        await seat.press("u", "u", "u")
        assert stored(seat).content == VPN
        await seat.press("U")
        assert panel.step is not None
        assert panel.step.action == "Click [Yes]."


async def test_a_new_step_of_nothing_leaves_no_trace(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s1")
        await seat.press("a", "tab", "ctrl+o", "j", "A", "escape")
        assert stored(seat).content == VPN
        assert "step 2 of 3" in seat.lines()[1]


async def test_each_verb_is_one_step_of_undo_and_undo_goes_where_it_was(folder: Path) -> None:
    async with seated(folder) as seat:
        panel = await editor(seat, "s1")
        for keys, at, holds in (
            ("jc", "s2", lambda steps: [step.action for step in steps].count(VPN.steps[1].action) == 2),
            ("jJ", "s2", lambda steps: [step.key for step in steps] == ["s1", "s3", "s2"]),
            ("GK", "s2", lambda steps: [step.key for step in steps] == ["s1", "s3", "s2"]),
            ("m", "s2", lambda steps: len(steps) == 2 and steps[0].action.endswith("the code {code}.")),
            ("jd", "s2", lambda steps: [step.key for step in steps] == ["s1", "s3"]),
            ("j!", "s2", lambda steps: steps[1].caution is Caution.STOP),
            ("jljjd", "s2", lambda steps: steps[1].expect == ""),
            ("lGkd", "s1", lambda steps: steps[0].branches == ()),
        ):
            await seat.press("h", "g", *keys)
            assert holds(stored(seat).content.steps), keys
            await seat.press("h", "g" if at != "s1" else "G", "u")
            assert stored(seat).content == VPN, keys
            assert panel.step is not None
            assert panel.step.key == at, keys


async def test_a_step_is_split_where_a_sentence_ends_or_at_the_cursor(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s3")
        await seat.press("s")
        assert "it is one sentence" in seat.text()
        await seat.press("e")
        await seat.type(" Open the first. Look at it.")
        await seat.press("escape", "s")
        assert "where does the second step begin?" in seat.text()
        await seat.press("down", "enter")
        assert [step.action for step in stored(seat).content.steps[2:]] == [
            r"Open C:\[x] and look for your drives. Open the first.",
            "Look at it.",
        ]
        await seat.press("k", "e", *["left"] * len("Open the first."), "f2")
        await seat.type("Then: ")
        await seat.press("escape")
        assert [step.action for step in stored(seat).content.steps[2:4]] == [
            r"Open C:\[x] and look for your drives.",
            "Then: Open the first.",
        ]


async def test_half_a_text_comes_back_in_its_field_with_its_cursor_after_a_kill(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s2")
        await seat.press("e", "tab")
        await seat.type("Sign-in page")
        await seat.press("left", "left")
        dialog = seat.app.screen
        assert isinstance(dialog, StepDialog)
        dialog.keep()
        seat.queue.place.keep_now()
        await seat.settle()
        for each in dialog, seat.queue.place:  # what an orderly end would do is not done
            each.keep = each.keep_now = lambda: None  # type: ignore[union-attr, method-assign]
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, StepDialog))
        await seat.settle()
        assert "▌where      Sign-in page" in seat.text()
        await seat.type("-x")
        await seat.press("escape")
        assert stored(seat).content.steps[1].where == "Sign-in pa-xge"
        assert seat.ask("SELECT count(*) FROM draft WHERE key LIKE 'step:%' AND text <> ''") == [(0,)]


async def test_a_new_step_comes_back_after_a_kill_too(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s1")
        await seat.press("a")
        await seat.type("Half of")
        dialog = seat.app.screen
        assert isinstance(dialog, StepDialog)
        dialog.keep()
        await seat.settle()
        dialog.keep = lambda: None  # type: ignore[method-assign]
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, StepDialog))
        await seat.type(" it")
        await seat.press("escape")
        assert [step.action for step in stored(seat).content.steps][1] == "Half of it"


async def test_what_others_write_is_seen_at_once_and_never_lost_under_what_is_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s3")
        await seat.press("e")
        elsewhere(seat, "s3", action="Open your drives.")
        await seat.settle()
        assert "▌do         Open your drives." in seat.text()
        await seat.type(" All.")
        elsewhere(seat, "s1", where="Desktop")  # another text: nothing in the way of this one
        await seat.press("tab", "shift+tab")
        assert [step.action for step in stored(seat).content.steps][2] == "Open your drives. All."
        await seat.type(" Three.")
        elsewhere(seat, "s3", action="Theirs.")
        await seat.press("ctrl+o")
        assert "changed elsewhere meanwhile" in seat.text()
        assert "elsewhere  Theirs." in seat.text()
        await seat.press("escape", "escape")
        assert stored(seat).content.steps[2].action == "Theirs."
        assert "✎" in seat.text()
        await seat.press("e")
        assert "▌do         Open your drives. All. Three." in seat.text()
        await seat.press("ctrl+o", "ctrl+o", "escape")
        assert stored(seat).content.steps[2].action == "Open your drives. All. Three."
        await seat.press("k", "e")
        await seat.type("mine")
        elsewhere(seat, "s3", action="Theirs again.")
        await seat.press("ctrl+o", "f2", "escape")
        assert stored(seat).content.steps[2].action == "Theirs again."


async def test_a_step_that_is_taken_away_while_it_is_typed_can_be_made_again(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s2")
        await seat.press("e")
        await seat.type(" Mine.")
        with opened(folder) as desk:
            desk.run(SaveGuide(replace(VPN, steps=(VPN.steps[0], VPN.steps[2])), 1))
        await seat.settle()
        assert "taken away elsewhere" in seat.text()
        await seat.press("tab", "escape", "escape")
        assert len(stored(seat).content.steps) == 2
        await seat.press("a")
        assert "▌do         Type your name {name} and the code {code}. Mine." in seat.text()
        await seat.press("escape")
        assert [step.action for step in stored(seat).content.steps][1].endswith("{code}. Mine.")


async def test_what_is_refused_stays_in_its_field_with_the_reason(folder: Path) -> None:
    async with seated(folder) as seat:
        await editor(seat, "s1")
        await seat.press("l", *"jjjj", "enter")
        await seat.type("soon")
        await seat.press("tab")
        assert "minutes are a number" in seat.text()
        await seat.press(*["backspace"] * 4)
        await seat.type("3")
        await seat.press("escape")
        assert stored(seat).content.steps[0].minutes == 3
        await seat.press("e")
        seat.app.post_message(events.Paste("x" * 30_000))
        await seat.settle()
        assert "too large" in seat.text()


async def test_if_not_leads_to_a_step_a_guide_somebody_or_a_stop(folder: Path) -> None:
    with opened(folder) as desk:
        written(desk, replace(VPN, title="Reset the token", placeholders=(), steps=VPN.steps[2:]))
    async with seated(folder) as seat:
        await editor(seat, "s3")
        for then in "1", "guide reset the token", "ask A. Weber", "stop: ring us":
            await seat.press("f")
            if then != "1":
                await seat.press("enter")
            await seat.type("It is red")
            await seat.press("tab")
            await seat.type(then)
            await seat.press("ctrl+o")
        assert [(each.then.value, each.to) for each in stored(seat).content.steps[2].branches] == [
            ("step", "s1"),
            ("guide", "reset-the-token"),
            ("contact", "A. Weber"),
            ("stop", "ring us"),
        ]
        await seat.press("f", "enter")
        await seat.type("It is red")
        await seat.press("tab")
        await seat.type("7")
        await seat.press("ctrl+o")
        assert "there is no step 7" in seat.text()
        await seat.press("escape", "f", "down", "enter", "tab", "backspace")
        await seat.type("2")
        await seat.press("ctrl+o", "f", "down", "down", "enter", "f8")
        assert [(each.then.value, each.to) for each in stored(seat).content.steps[2].branches] == [
            ("step", "s2"),
            ("contact", "A. Weber"),
            ("stop", "ring us"),
        ]


async def test_a_picture_comes_by_path_or_drop_and_goes_from_step_to_step(folder: Path, tmp_path: Path) -> None:
    shot = str(window(tmp_path / "my shot.png"))
    async with seated(folder) as seat:
        panel = await editor(seat, "s1")
        await seat.press("i", "p")
        await seat.type(shot)
        await seat.press("enter")
        await seat.wait_until(lambda: stored(seat).content.pictures)
        await seat.press("e")
        seat.app.post_message(events.Paste(f"'{shot}'"))
        await seat.wait_until(lambda: "this picture is in the step already" in seat.text())
        other = window(tmp_path / "it's another.png", secret="other")
        seat.app.post_message(events.Paste(str(other)))
        await seat.wait_until(lambda: len(stored(seat).content.pictures) == 2)
        await seat.settle()
        await seat.press("escape")
        await seat.wait_until(lambda: "▣" in seat.text())
        await seat.press("l", "G", "e")
        await seat.type("The window")
        await seat.press("escape", "J")
        first, second = stored(seat).content.steps[:2]
        assert len(first.pictures) == 1
        assert [picture.alt for picture in second.pictures] == ["The window"]
        assert panel.list.cursor == 1
        await seat.press("K", "K")
        assert [picture.alt for picture in stored(seat).content.steps[0].pictures] == ["The window", ""]
        await seat.press("d")
        assert [picture.alt for picture in stored(seat).content.pictures] == [""]
        await seat.press("u", "u", "u", "u", "u", "u", "u")
        assert stored(seat).content == VPN


async def test_from_the_list_into_a_guide_and_out_as_the_user_sees_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "enter", "j", "W")
        assert "it is not published yet, p publishes it" in seat.footer()
        await seat.press("P")
        assert "As the user sees it" in seat.text()
        await seat.press("escape", "t", "ctrl+u")
        await seat.type("Reach the VPN")
        await seat.press("ctrl+o", "p", "enter")
        assert (stored(seat).title, stored(seat).revision) == ("Reach the VPN", 1)
        assert "step 2 of 3" in seat.lines()[1]
        await seat.press("f")
        assert "If not" in seat.text()
        await seat.press("escape", "escape")
        assert "Reach the VPN" in seat.lines()[3]


async def test_a_long_guide_is_gone_through_as_fast_as_a_short_one(tmp_path: Path) -> None:
    many = replace(VPN, steps=tuple(Step(f"k{at}", f"Do {at}.") for at in range(MOST_STEPS)))
    with opened(tmp_path) as desk:
        written(desk, many, published=False)
    async with seated(tmp_path, size=(120, 40)) as seat:
        panel = await editor(seat)
        painted: list[int] = []
        paint = panel._outline_line

        def counted(index: int, width: int, cursor: bool) -> Spans:
            painted.append(index)
            return paint(index, width, cursor)

        panel.list.show(MOST_STEPS, counted, 0)
        await seat.settle()
        painted.clear()
        await seat.press("j", "j", "j")
        assert len(painted) <= 2 * 3
        await seat.press("G")
        assert "500 Do 499." in seat.text()
        assert "step 500 of 500" in seat.lines()[1]


def elsewhere(seat: Seat, key: str, **values: object) -> None:
    """Somebody else changes a step."""
    found = stored(seat)
    steps = tuple(replace(step, **values) if step.key == key else step for step in found.content.steps)  # type: ignore[arg-type]
    with opened(seat.folder) as desk:
        desk.run(SaveGuide(replace(found.content, steps=steps), 1))


async def test_what_could_be_plainer_is_said_while_it_is_typed(folder: Path) -> None:
    async with seated(folder, (120, 40)) as seat:
        await editor(seat, "s1")
        assert "“vpn” is a word of the trade" in seat.text()
        await seat.press("e")
        await seat.type(" The firmware.")
        await seat.wait_until(lambda: "“firmware” is a word of the trade" in seat.text())
        assert "firmware" not in stored(seat).content.steps[0].action


async def test_where_the_step_is_below_its_head_says_that_something_could_be_plainer(folder: Path) -> None:
    async with seated(folder, (80, 24)) as seat:
        await editor(seat, "s1")
        assert "step 1 · 2 could be plainer" in seat.text()
