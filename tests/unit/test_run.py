"""The rules of ticking: what is taken, what is refused with its reason, and what stays visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from deskmate.domain import instant
from deskmate.domain.checklist import Checklist, Content, Item, Kind, Mode, Verdict
from deskmate.domain.request import Refused
from deskmate.domain.run import (
    Evidence,
    OutOfOrder,
    Result,
    Run,
    RunState,
    Timing,
    ahead,
    carried,
    finding_text,
    in_bulk,
    limits_text,
    mark,
    next_item,
    parse_number,
    read_value,
    state_text,
    timing,
    why_not_finish,
    worth_a_look,
)
from deskmate.domain.values import Wrong
from tests.support.desks import AT

DONE, FAILED, NONE = Verdict.DONE, Verdict.FAILED, Verdict.NOT_APPLICABLE
SPACE = Item("Free space", 1, Kind.VALUE, unit="%", low=15, high=100, warn_low=20)
COLOUR = Item("Lamp", 2, Kind.CHOICE, choices=("green", "amber", "grey"))
FILE = Item("Restored", 3, evidence=True)
WORD = Item("Anything odd", 4, Kind.NOTE)
PLAIN = Item("Locked", 5)


def later(seconds: float) -> str:
    return instant.to_text(instant.from_text(AT) + timedelta(seconds=seconds))


def run(*items: Item, mode: Mode = Mode.ANY_ORDER, **more: object) -> Run:
    found = Run(1, Checklist(1, "Morning look", Content(items, mode)), None, None, RunState.OPEN, AT)
    return replace(found, **more)  # type: ignore[arg-type]


def ticked(before: Run, key: int, *said: object, at: str = AT, **more: object) -> Run:
    result = mark(before, key, said[0] if said else DONE, at, *said[1:], **more)  # type: ignore[arg-type]
    return replace(before, results=(*(each for each in before.results if each.item != key), result))


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("12,5", 12.5), (" 12.5 % ", 12.5), ("-3", -3), ("−0,5", -0.5), ("15%", 15)]
)
def test_a_number_may_have_a_comma_or_a_point_and_its_unit(typed: str, number: float) -> None:
    assert parse_number(typed, "%") == number


@pytest.mark.parametrize(
    "typed", ["", "abc", "1.234,5", "1e5", "nan", "٣", "-", ".", "--1", "1,000", "15 GB", "\u00b2"]
)
def test_what_is_no_number_is_refused_as_it_was_typed(typed: str) -> None:
    with pytest.raises(Wrong, match=r"no number|two ways"):
        parse_number(typed, "%")


@pytest.mark.parametrize(
    ("value", "verdict", "look"),
    [("14.9", FAILED, False), ("15", DONE, True), ("19,9", DONE, True), ("20", DONE, False), ("101", FAILED, False)],
)
def test_outside_the_limits_fails_and_outside_the_better_ones_is_marked(
    value: str, verdict: Verdict, look: bool
) -> None:
    result = mark(run(SPACE), 1, DONE, AT, value)
    assert result.verdict is verdict
    assert worth_a_look(SPACE, result.value) is look
    assert limits_text(SPACE) == "15 to 100, better 20 or more"


@pytest.mark.parametrize(
    ("item", "verdict", "typed", "why"),
    [
        (SPACE, DONE, "", "type the value"),
        (SPACE, DONE, "plenty", "“plenty” is no number"),
        (COLOUR, DONE, "", "choose one of green, amber, grey"),
        (COLOUR, DONE, "gre", "is none of"),
        (FILE, DONE, "", "needs a file"),
        (WORD, DONE, "", "asks for a note"),
        (PLAIN, NONE, "", "say why"),
    ],
)
def test_what_is_missing_is_said(item: Item, verdict: Verdict, typed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        mark(run(item), item.id, verdict, AT, typed)


def test_what_was_asked_for_is_enough() -> None:
    assert mark(run(COLOUR), 2, DONE, AT, "GREY").value == "grey"
    assert read_value(COLOUR, "2") == "amber"
    shown = run(FILE, evidence=(Evidence(1, 3, "a.png", 10, "0" * 64, AT),))
    assert mark(shown, 3, DONE, AT).verdict is DONE
    assert mark(run(WORD), 4, DONE, AT, note="all quiet").note == "all quiet"
    assert mark(run(FILE), 3, FAILED, AT).verdict is FAILED, "a failure needs no proof"


def test_in_order_what_comes_first_is_named_and_a_jump_stays_visible() -> None:
    begun = run(PLAIN, WORD, COLOUR, mode=Mode.IN_ORDER)
    with pytest.raises(OutOfOrder, match="1 Locked comes first"):
        ticked(begun, 2, DONE, "green")
    jumped = ticked(begun, 2, DONE, "green", jump=True)
    assert ahead(jumped, 2)
    assert ahead(ticked(jumped, 5, at=later(60)), 2), "doing the first one later does not make it right"
    straight = ticked(ticked(begun, 5), 4, DONE, "", "nothing", at=later(1))
    assert not ahead(straight, 4)
    assert not ahead(replace(jumped, checklist=run(PLAIN, WORD, COLOUR).checklist), 2)


def test_a_verdict_taken_back_keeps_its_note_and_a_note_keeps_the_time() -> None:
    done = ticked(run(SPACE), 1, DONE, "30", "tape drive too")
    noted = mark(done, 1, DONE, later(60), note="both drives")
    assert (noted.at, noted.value, noted.note) == (AT, "30", "both drives")
    back = mark(done, 1, None, later(60))
    assert (back.verdict, back.value, back.note) == (None, "", "tape drive too")
    with pytest.raises(Refused, match="already"):
        mark(done, 1, DONE, later(60))


def test_the_next_item_is_the_next_open_one_and_then_the_first_left() -> None:
    begun = ticked(run(PLAIN, WORD, COLOUR), 4, DONE, "", "x")
    assert next_item(begun) == PLAIN
    assert next_item(begun, 5) == COLOUR
    assert next_item(begun, 2) == PLAIN
    assert next_item(ticked(ticked(begun, 5), 2, DONE, "green")) is None


def test_a_run_with_a_failure_can_be_finished_and_says_so() -> None:
    begun = ticked(run(PLAIN, COLOUR), 2, FAILED)
    assert why_not_finish(begun) == "1 Locked is open"
    done = replace(ticked(begun, 5, at=later(10)), state=RunState.DONE)
    assert state_text(done) == "done with 1 finding"
    assert why_not_finish(done) == "this run has ended"
    with pytest.raises(Refused, match="has ended"):
        mark(done, 5, None, AT)


@pytest.mark.parametrize(
    ("gaps", "bulk"),
    [([0.5] * 6, True), ([0.6] * 6, False), ([9, 9, 0.1, 0.1, 0.1, 0.1, 0.1], True), ([0.1] * 5, False)],
)
def test_more_than_five_items_in_three_seconds_are_ticked_in_bulk(gaps: list[float], bulk: bool) -> None:
    times = [sum(gaps[: place + 1]) for place in range(len(gaps))]
    results = [Result(item, DONE, at=later(at)) for item, at in enumerate(times)]
    assert in_bulk(results) is bulk
    assert not in_bulk(replace(result, verdict=None) for result in results)


def test_early_on_time_late_and_ad_hoc_are_told_apart() -> None:
    times = (later(100), later(200), later(300))
    assert [timing(later(at), *times) for at in (99, 100, 200, 300)] == [
        Timing.AD_HOC,
        Timing.EARLY,
        Timing.ON_TIME,
        Timing.LATE,
    ]
    assert timing(AT, None, None, None) is Timing.AD_HOC


def test_another_revision_judges_anew_and_opens_what_asks_for_more() -> None:
    result = mark(run(SPACE), 1, DONE, AT, "16")
    assert carried(replace(SPACE, low=17), result, files=False).verdict is FAILED
    assert carried(replace(SPACE, evidence=True), result, files=False) == replace(result, verdict=None)
    assert carried(COLOUR, result, files=False) == replace(result, verdict=None, value="")
    assert carried(SPACE, result, files=False) == result


def test_what_a_request_is_told_of_a_failure() -> None:
    item = replace(SPACE, expected="at least a fifth")
    failed = ticked(run(item, nominal="2026-11-20T00:00"), 1, DONE, "9", "only on C")
    assert finding_text(failed, item, failed.result(1)).splitlines() == [
        "Found by Morning look of 2026-11-20, item 1: Free space",
        "Value: 9 %",
        "Limits: 15 to 100, better 20 or more",
        "Expected: at least a fifth",
        "Note: only on C",
    ]
