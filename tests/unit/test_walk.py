"""Walking through a guide: where a step leads, whose time it is, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain import guide_record as record
from deskmate.domain import instant
from deskmate.domain import walk as rules
from deskmate.domain.guide import Branch, Content, Guide, Step, Then
from deskmate.domain.guide_record import Past
from deskmate.domain.request import Refused
from deskmate.domain.walk import StepVerdict, Walk, WalkMode, WalkOutcome
from tests.support.guides import VPN

DONE, TOGETHER, FAILED, SKIPPED = StepVerdict
START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def after(minutes: float) -> str:
    return instant.to_text(START + timedelta(minutes=minutes))


def begun(content: Content = VPN) -> Walk:
    return rules.begin(Guide(1, "vpn", content), after(0), 5, 7, WalkMode.TOGETHER)


def test_a_step_leads_to_the_next_and_the_last_one_to_the_end() -> None:
    walk = begun()
    for minute, at in ((2, "step 2 of 3"), (5, "step 3 of 3"), (6, "past step 3 of 3")):
        walk = rules.mark(walk, DONE, after(minute))
        assert rules.place_text(walk) == at
    assert [each.seconds for each in walk.steps] == [120, 180, 60]
    assert (walk.step, walk.since) == (rules.END, None)
    with pytest.raises(Refused, match="That was the last step"):
        rules.mark(walk, DONE, after(7))
    ended = rules.finish(walk, WalkOutcome.SOLVED, after(60))
    assert ended.mode is WalkMode.ALONE
    assert rules.result_text(ended) == "“Connect to the VPN”: solved after 6 min"


def test_a_branch_leads_to_a_step_or_ends_it_with_what_it_says() -> None:
    walk = rules.mark(begun(), TOGETHER, after(1))
    back = rules.mark(walk, FAILED, after(2), "the old one", 1)
    assert (back.step, back.steps[-1].symptom) == ("s1", "It says the code is wrong")
    ended = rules.mark(back, FAILED, after(3), None, 1)
    assert (ended.outcome, ended.since) == (WalkOutcome.STOPPED, None)
    assert ended.note == "There is no VPN in the menu: ask the helpdesk"
    assert rules.failed_text(ended) == "steps 1 and 2 failed"
    with pytest.raises(Refused, match="has no branch 2"):
        rules.mark(walk, FAILED, after(2), None, 2)
    with pytest.raises(Refused, match="has ended"):
        rules.mark(ended, DONE, after(4))
    there = Content("x", steps=(Step("a", "Try", branches=(Branch("not there", Then.GUIDE, "pin"),)),))
    assert rules.mark(begun(there), FAILED, after(1), None, 1, {"pin": "A new PIN"}).note.endswith("“A new PIN”")


def test_a_step_that_failed_is_tried_again_where_it_is() -> None:
    walk = rules.note_step(begun(), "it hangs")
    walk = rules.mark(walk, FAILED, after(1))
    assert (walk.step, walk.noted, walk.steps[-1].note) == ("s1", "", "it hangs")
    walk = rules.mark(walk, DONE, after(3))
    assert [(each.verdict, each.seconds) for each in walk.steps] == [(FAILED, 60), (DONE, 120)]


def test_back_goes_the_way_one_came_and_takes_the_time_along() -> None:
    walk = rules.mark(rules.mark(begun(), DONE, after(1)), FAILED, after(2), None, 1)
    assert walk.step == "s1"
    walk = replace(walk, step="s3")
    assert rules.step_before(walk) == "s2"
    back = rules.go_to(walk, "s2", after(4))
    assert rules.step_before(back) == "s1"
    assert rules.step_after(back) == "s3"
    assert rules.step_before(rules.go_to(back, "s1", after(4))) is None
    assert rules.step_after(walk) is None, "nothing was said of this one yet"
    assert rules.mark(back, DONE, after(5)).steps[-1].seconds == 180
    with pytest.raises(Refused, match="not in this guide"):
        rules.go_to(walk, "s9", after(5))


def test_what_nobody_saw_makes_no_hours() -> None:
    walk = begun()
    assert rules.seconds(walk, after(60 * 14)) == 30 * 60
    assert rules.seconds(walk, after(-5)) == 0
    long = begun(Content("x", steps=(Step("a", "Let it install", minutes=45),)))
    assert rules.seconds(long, after(80)) == 80 * 60
    stood = rules.paused(walk, after(2))
    assert rules.seconds(stood, after(600)) == 120
    assert rules.seconds(rules.resumed(stood, after(600)), after(601)) == 180
    killed = rules.resumed(walk, after(600))
    assert rules.seconds(killed, after(601)) == 31 * 60


def test_who_did_it_follows_from_the_steps_unless_it_is_said() -> None:
    walk = rules.mark(rules.mark(begun(), DONE, after(1)), TOGETHER, after(2))
    assert rules.how(walk) is WalkMode.TOGETHER
    assert rules.how(rules.mark(begun(), FAILED, after(1))) is WalkMode.TOGETHER
    ended = rules.finish(walk, WalkOutcome.SOLVED, after(3), mode=WalkMode.FOR_THEM)
    assert ended.mode is WalkMode.FOR_THEM
    assert (ended.spent, rules.total(ended)) == (60, 180), "what one was at when it was solved counts, too"
    assert rules.resolution(ended) == "Guide “Connect to the VPN”, done for them"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("dtf-1bnp"), st.integers(0, 1)), max_size=20))
def test_no_minute_is_lost_or_made(keys: list[tuple[str, int]]) -> None:
    walk, minute, stood = begun(), 0, 0
    for key, wait in keys:
        minute += wait
        at = after(minute)
        try:
            if key == "b" and (before := rules.step_before(walk)):
                walk = rules.go_to(walk, before, at)
            elif key == "n":
                walk = rules.note_step(walk, f"note {minute}")
            elif key == "p":
                stood += 7
                walk = rules.resumed(rules.paused(walk, at), after(minute := minute + 7))
            elif key in "dtf-1":
                verdict = {"d": DONE, "t": TOGETHER, "-": SKIPPED}.get(key, FAILED)
                walk = rules.mark(walk, verdict, at, None, 1 if key == "1" else None)
        except Refused:
            pass
        assert walk.here is not None or walk.step == rules.END
        if walk.outcome is not None or walk.step == rules.END:
            return
    assert rules.total(walk, after(minute)) == 60 * (minute - stood)


def test_steps_that_were_moved_and_reworded_keep_their_figures() -> None:
    walks = [
        Past(WalkOutcome.SOLVED, 600, (("s1", DONE), ("s2", FAILED), ("s2", FAILED), ("s2", DONE), ("s3", DONE))),
        Past(WalkOutcome.SOLVED, 900, (("s1", DONE), ("s2", TOGETHER), ("s3", FAILED))),
        Past(WalkOutcome.FAILED, 60, (("s1", DONE), ("s2", FAILED))),
        Past(WalkOutcome.STOPPED, 60, ()),
    ]
    s1, s2, s3 = VPN.steps
    moved = replace(VPN, steps=(s3, Step("new", "Wait"), replace(s2, action="Say who you are"), s1))
    found = record.figures(moved, walks)
    assert (found.used, found.solved, found.seconds) == (4, 2, 750)
    assert record.lines(found) == [
        "used 4, works 2 of 4",
        "median 12 min, estimate 10 min",
        "step 3 fails in 2 of 3",
        "step 1 fails in 1 of 2",
    ]
    assert found.worst is not None
    assert (found.worst.action, found.worst.rate) == ("Say who you are", 2 / 3)
    assert record.lines(record.figures(VPN, [])) == []
