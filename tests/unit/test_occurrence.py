"""When a checklist is due and what became of each time."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import BUILT_IN, DayHours, Holiday, Hours, Leave
from deskmate.domain.occurrence import (
    Basis,
    Logged,
    Occurrence,
    Pause,
    Plan,
    Schedule,
    Stage,
    Standing,
    history,
    preview,
    score,
    standing,
)
from deskmate.domain.schedule import CatchUp, Roll

BERLIN = Calendar(replace(BUILT_IN, zone="Europe/Berlin"))
MONDAY = datetime(2026, 11, 2)
DAILY = Schedule(1, "every working day", Basis.ANCHORED, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", MONDAY, MONDAY)


def nov(day: int, hour: int = 12, month: int = 11, year: int = 2026) -> datetime:
    """A moment on the wall in Berlin."""
    return datetime(year, month, day, hour, tzinfo=BERLIN.zone)


def nominal(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day)


def plan(*schedules: Schedule, done: tuple[int, ...] = (), calendar: Calendar = BERLIN, **more: tuple) -> Plan:
    log = tuple(Logged(run, nominal(run), nov(run)) for run in done)
    return Plan(schedules or (DAILY,), more.get("pauses", ()), log + more.get("log", ()), calendar)


def days(occurrences: tuple[Occurrence, ...]) -> list[int]:
    return [each.nominal.day for each in occurrences]


def stages(of: Plan, start: int, end: int, now: datetime) -> dict[int, str]:
    found = history(of, date(2026, 11, start), date(2026, 11, end), now)
    return {each.nominal.day: each.stage.value for each in found}


def brief(found: Standing) -> tuple[list[int], list[int], int | None]:
    return days(found.open), days(found.missed), found.next.nominal.day if found.next else None


# --- one after the other -------------------------------------------------------------------------------------


def test_a_checklist_that_says_no_time_is_due_at_the_opening_of_its_day() -> None:
    calendar = Calendar(
        replace(BUILT_IN, zone="Europe/Berlin", exceptions=(DayHours(date(2026, 11, 4), ((600, 720),)),))
    )
    every_day = replace(DAILY, rule="FREQ=DAILY")
    found = history(plan(every_day, calendar=calendar), date(2026, 11, 3), date(2026, 11, 9), nov(1))
    local = [(each.due.astimezone(BERLIN.zone).day, each.due.astimezone(BERLIN.zone).hour) for each in found]
    assert local == [(3, 9), (4, 10), (5, 9), (6, 9), (7, 9), (8, 9)]


def test_it_is_open_until_the_next_one_is_due_and_then_missed() -> None:
    of = plan(done=(2, 3))
    assert brief(standing(of, nov(4, 8))) == ([], [], 4)
    assert brief(standing(of, nov(4, 9))) == ([4], [], 5)
    assert standing(of, nov(4, 17)).open[0].stage is Stage.OVERDUE
    assert brief(standing(of, nov(5, 8))) == ([4], [], 5)
    assert brief(standing(of, nov(5, 9))) == ([5], [4], 6)
    assert standing(of, nov(5, 8)).stale_at == nov(5, 9)
    assert stages(of, 2, 7, nov(5, 9)) == {2: "done", 3: "done", 4: "missed", 5: "due", 6: "upcoming"}


def test_what_is_done_within_its_grace_is_done_and_after_it_late() -> None:
    log = (Logged(1, nominal(2), nov(2, 17)), Logged(2, nominal(3), nov(3, 18)), Logged(3, nominal(4), nov(4), True))
    found = stages(plan(log=log), 2, 5, nov(5, 8))
    assert found == {2: "done", 3: "late", 4: "skipped"}
    of = plan(log=(*log, Logged(4, nominal(5), None), Logged(5, None, nov(5))))
    assert stages(of, 5, 6, nov(5)) == {5: "due"}  # begun, and an ad hoc run counts for nothing
    assert standing(of, nov(5)).open[0].run == 4


def test_after_three_weeks_only_the_newest_is_open_unless_nothing_is_given_up() -> None:
    missed = [4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23]
    assert brief(standing(plan(done=(2, 3)), nov(24))) == ([24], missed, 25)
    kept = replace(DAILY, catch_up=CatchUp.ALL)
    assert brief(standing(plan(kept, done=(2, 3)), nov(24))) == ([*missed, 24], [], 25)
    only_today = replace(DAILY, catch_up=CatchUp.SKIP)
    assert brief(standing(plan(only_today, done=(2, 3)), nov(24))) == ([24], missed, 25)
    assert brief(standing(plan(only_today, done=(2, 3)), nov(28))) == ([], [*missed, 24, 25, 26, 27], 30)
    assert standing(plan(only_today), nov(24)).stale_at == nov(25, 0)


def test_leave_and_pauses_excuse_and_so_does_a_closed_day_that_is_left_out() -> None:
    calendar = Calendar(
        Hours(
            "Europe/Berlin",
            BUILT_IN.weekly,
            (DayHours(date(2026, 11, 11), ((540, 600),)),),
            (Holiday(date(2026, 11, 5)),),
            (Leave(date(2026, 11, 9), date(2026, 11, 13)),),
        )
    )
    of = plan(
        replace(DAILY, roll=Roll.SKIP), calendar=calendar, done=(2, 3), pauses=(Pause(date(2026, 11, 16), None),)
    )
    assert stages(of, 4, 18, nov(30)) == {
        **{4: "missed", 5: "excused", 6: "missed", 9: "excused", 10: "excused", 11: "missed"},
        **{12: "excused", 13: "excused", 16: "excused", 17: "excused"},
    }
    assert brief(standing(of, nov(17))) == ([], [4, 6, 11], None)
    assert score(history(of, date(2026, 11, 2), date(2026, 11, 18), nov(30))) == pytest.approx(2 / 5)
    assert score(history(of, date(2026, 11, 12), date(2026, 11, 18), nov(30))) is None


def test_what_meets_on_a_day_is_done_in_one_run_that_the_last_one_names() -> None:
    every_day = replace(DAILY, rule="FREQ=DAILY", roll=Roll.NEXT)
    found = history(plan(every_day), date(2026, 11, 9), date(2026, 11, 10), nov(9))
    assert [(each.nominal.day, each.stage, each.into) for each in found] == [
        (7, Stage.MERGED, nominal(9)),
        (8, Stage.MERGED, nominal(9)),
        (9, Stage.DUE, None),
    ]
    apart = plan(every_day, log=(Logged(1, nominal(7), nov(7)),))  # was done on its Saturday all the same
    assert stages(apart, 9, 10, nov(9)) == {7: "done", 8: "merged", 9: "due"}


def test_early_within_its_lead_it_counts() -> None:
    early = replace(DAILY, rule="FREQ=MONTHLY;BYMONTHDAY=-1", lead=timedelta(days=3))
    assert standing(plan(early), nov(28)).next == Occurrence(
        nominal(30), nov(27, 9), nov(30, 9), nov(30, 17), Stage.UPCOMING, 0, 1
    )
    done = plan(early, log=(Logged(1, nominal(30), nov(28)),))
    assert standing(done, nov(29)).next.nominal == nominal(31, 12)  # type: ignore[union-attr]
    assert stages(done, 30, 31 - 1, nov(29)) == {}


# --- other rules ----------------------------------------------------------------------------------------------


def test_another_rule_leaves_the_past_and_what_is_open_until_it_names_its_first() -> None:
    changed = datetime(2026, 11, 5, 11)
    tuesdays = replace(DAILY, id=2, rule="FREQ=WEEKLY;BYDAY=TU", starts=MONDAY, since=changed)
    of = plan(replace(DAILY, ends=changed), tuesdays, done=(2, 3))
    assert stages(of, 2, 30, nov(8)) == {
        **{2: "done", 3: "done", 4: "missed", 5: "overdue"},
        **{10: "upcoming", 17: "upcoming", 24: "upcoming"},
    }
    assert brief(standing(of, nov(10, 9))) == ([10], [4, 5], 17)
    assert [each.schedule for each in history(of, date(2026, 11, 5), date(2026, 11, 11), nov(8))] == [1, 2]


def test_without_a_schedule_any_more_nothing_is_due() -> None:
    of = plan(replace(DAILY, ends=datetime(2026, 11, 5, 11)), done=(2, 3))
    assert brief(standing(of, nov(5, 10))) == ([5], [4], None)
    found = standing(of, nov(5, 12))
    assert (found.open, found.next, found.stale_at) == ((), None, None)
    assert stages(of, 4, 9, nov(9)) == {4: "missed", 5: "excused"}


def test_after_completion_is_counted_from_the_day_it_was_done() -> None:
    starts = datetime(2026, 1, 31)
    of = Plan((Schedule(1, "1 month after done", Basis.AFTER, "1 months", starts, starts),), (), (), BERLIN)
    assert standing(of, nov(30, month=1)).next.nominal == starts  # type: ignore[union-attr]
    late = replace(of, log=(Logged(1, starts, nov(31, month=1)),))
    assert standing(late, nov(1, month=2)).next.nominal == datetime(2026, 2, 28)  # type: ignore[union-attr]
    assert [each.nominal.month for each in standing(late, nov(1)).open] == [2]  # it is never missed, it waits
    then = replace(of, log=(*late.log, Logged(2, datetime(2026, 2, 28), nov(5, month=3))))
    found = history(then, date(2026, 1, 1), date(2026, 12, 31), nov(9, month=3))
    assert [(f"{each.nominal:%m-%d}", each.stage.value) for each in found] == [
        *[("01-31", "done"), ("02-28", "late"), ("04-05", "upcoming")]
    ]
    away = replace(then, pauses=(Pause(date(2026, 4, 1), date(2026, 4, 20)),))
    assert standing(away, nov(9, month=3)).next.due == nov(21, 9, month=4)  # type: ignore[union-attr]


def test_a_clock_change_moves_no_time_on_the_wall_and_another_zone_neither() -> None:
    starts = datetime(2026, 3, 27, 2, 30)
    nightly = Schedule(1, "daily at 2:30", Basis.ANCHORED, "FREQ=DAILY", starts, starts, timed=True)
    found = history(plan(nightly), date(2026, 3, 28), date(2026, 3, 31), nov(1, month=3))
    assert [each.due for each in found] == [
        datetime(2026, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # 03:30, as 02:30 is skipped
        datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
    ]
    autumn = history(plan(nightly), date(2026, 10, 25), date(2026, 10, 26), nov(1, month=3))
    assert [each.due for each in autumn] == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]  # the first of two
    there = replace(nightly, zone="Asia/Tokyo")
    elsewhere = [replace(BUILT_IN, zone=zone) for zone in ("Europe/Berlin", "America/New_York")]
    seen = {
        history(plan(there, calendar=Calendar(each)), date(2026, 3, 28), date(2026, 3, 31), nov(1))
        for each in elsewhere
    }
    assert len(seen) == 1


def test_what_is_to_come_says_what_is_in_its_way() -> None:
    calendar = Calendar(
        replace(
            BUILT_IN,
            zone="Europe/Berlin",
            holidays=(Holiday(date(2026, 12, 25), "Christmas"),),
            leaves=(Leave(date(2026, 12, 28), date(2026, 12, 31)),),
        )
    )
    fridays = replace(DAILY, rule="FREQ=WEEKLY;BYDAY=WE,FR", roll=Roll.NEXT)
    found = preview(fridays, (Pause(date(2027, 1, 8), date(2027, 1, 8)),), calendar, nov(23, 12, 12), 4)
    assert [(f"{each.day:%d.%m}", each.clash) for each in found] == [
        ("01.01", "with Fri 25 Dec 2026 and Wed 30 Dec 2026"),
        ("06.01", ""),
        ("08.01", "in a pause: left out"),
        ("13.01", ""),
    ]
    moved = preview(replace(fridays, rule="FREQ=WEEKLY;BYDAY=FR"), (), calendar, nov(23, 12, 12), 1)
    assert [(f"{each.day:%d.%m}", each.clash) for each in moved] == [("01.01", "with Fri 25 Dec 2026")]
    left = preview(replace(fridays, roll=Roll.SKIP), (), calendar, nov(23, 12, 12), 2)
    assert [(f"{each.day:%d.%m}", each.clash) for each in left] == [
        ("25.12", "closed: left out"),
        ("30.12", "leave: left out"),
    ]
    before = preview(replace(fridays, roll=Roll.PREVIOUS), (), calendar, nov(23, 8, 12), 2)
    assert [(f"{each.day:%d.%m}", each.clash) for each in before] == [
        ("23.12", ""),
        ("24.12", "Wed 30 Dec 2026 leave; with Fri 25 Dec 2026"),
    ]
    after = replace(DAILY, basis=Basis.AFTER, rule="2 months")
    assert [f"{each.day:%d.%m}" for each in preview(after, (), calendar, nov(1), 3)] == ["02.11", "02.01", "02.03"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_laptop_that_travels_moves_nothing(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of, now = plan(replace(DAILY, catch_up=CatchUp.SKIP), done=(2, 3)), nov(5, 9)
    here = standing(of, now), history(of, date(2026, 11, 1), date(2026, 12, 1), now)
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        time.tzset()
        calendar = Calendar(replace(BUILT_IN, zone="Europe/Berlin"))
        of = replace(of, calendar=calendar)
        assert (standing(of, now.astimezone()), history(of, date(2026, 11, 1), date(2026, 12, 1), now)) == here
    time.tzset()


def test_two_rules_that_name_the_same_time_name_it_once() -> None:
    both = plan(replace(DAILY, ends=datetime(2026, 11, 5)), replace(DAILY, id=2, since=datetime(2026, 11, 4)))
    assert list(stages(both, 2, 7, nov(1))) == [2, 3, 4, 5, 6]


# --- for any rule -----------------------------------------------------------------------------------------------

CALENDAR = Calendar(
    replace(
        BUILT_IN,
        zone="Europe/Berlin",
        holidays=(Holiday(date(2026, 5, 1)), Holiday(date(2026, 12, 25))),
        leaves=(Leave(date(2026, 4, 27), date(2026, 5, 8)),),
    )
)
RULES = st.sampled_from(
    (
        *(
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
        ),
        *("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=9,10,11,12,13,14,15"),
    )
)
SCHEDULES = st.builds(
    Schedule,
    st.just(1),
    st.just(""),
    st.just(Basis.ANCHORED),
    RULES,
    starts=st.just(MONDAY.replace(month=3)),
    since=st.just(MONDAY.replace(month=3)),
    timed=st.booleans(),
    roll=st.sampled_from(Roll),
    catch_up=st.sampled_from(CatchUp),
)
HOURS = st.integers(0, 24 * 120)


@settings(max_examples=40, deadline=None)
@given(SCHEDULES, st.sets(st.integers(0, 30)), HOURS, st.integers(1, 60))
def test_every_time_of_a_window_is_in_one_stage_and_windows_are_the_whole(
    schedule: Schedule, done: set[int], hours: int, cut: int
) -> None:
    first, last = date(2026, 3, 1), date(2026, 7, 1)
    now = nov(2, 0, 3) + timedelta(hours=hours)
    of = plan(schedule, calendar=CALENDAR)
    dues = [each for each in history(of, first, last, now) if each.stage is not Stage.MERGED]
    log = tuple(Logged(index, each.nominal, each.due) for index, each in enumerate(dues) if index in done)
    of = replace(of, log=log)
    whole = history(of, first, last, now)
    assert len({each.nominal for each in whole}) == len(whole)
    between = first + timedelta(cut)
    assert whole == history(of, first, between, now) + history(of, between, last, now)
    found = standing(of, now)
    assert set(found.open) == {each for each in whole if each.stage in (Stage.DUE, Stage.OVERDUE)}
    assert set(found.missed) <= {each for each in whole if each.stage is Stage.MISSED}
    upcoming = [each for each in whole if each.stage is Stage.UPCOMING and each.due > now]
    assert [found.next] == [each for each in upcoming if not any(each.nominal == one.nominal for one in log)][:1] or [
        None
    ]
    assert found.stale_at is None or found.stale_at > now
    if found.stale_at is not None:  # nothing changes before it is counted again, but that what is due becomes overdue
        later = standing(of, found.stale_at - timedelta(seconds=1))
        assert [days(found.open), days(found.missed)] == [days(later.open), days(later.missed)]


@settings(max_examples=40, deadline=None)
@given(SCHEDULES, HOURS)
def test_due_times_are_in_order_and_time_only_takes_away_what_is_to_come(schedule: Schedule, hours: int) -> None:
    of = plan(schedule, calendar=CALENDAR)
    now = nov(2, 0, 3) + timedelta(hours=hours)
    seen = [history(of, date(2026, 3, 1), date(2026, 7, 1), at) for at in (now, now + timedelta(hours=30))]
    assert [each.nominal for each in seen[0]] == [each.nominal for each in seen[1]]
    assert all(before.due <= after.due for before, after in pairwise(seen[0]))
    for before, after in zip(*seen, strict=True):
        if before.stage in (Stage.MISSED, Stage.EXCUSED, Stage.MERGED):
            assert after.stage is before.stage
        if after.stage is Stage.UPCOMING:
            assert before.stage is Stage.UPCOMING
