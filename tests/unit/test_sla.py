"""The clocks of a request, beside the cases of ``test_time_cases.py``."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Hours, parse_week
from deskmate.domain.sla import Clock, Event, Happened, Kind, Running, State, clock

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(Hours("Europe/Berlin", parse_week("Mon-Thu 9-12, 13-17; Fri 9-12")[0]))
HOUR = timedelta(hours=1)
CREATED, ANSWERED, PAUSED, RESUMED, PRIORITY, ENDED, REOPENED = Happened


def at(text: str) -> datetime:
    """A time on Tuesday 24 November 2026, or that day of the month and a time."""
    day, _, time = text.rpartition(" ")
    return datetime.fromisoformat(f"2026-11-{day or 24} {time}").replace(tzinfo=BERLIN)


def stands(now: str, *events: tuple[str, Happened], hours: float = 8, kind: Kind = Kind.RESOLVE) -> Clock:
    return clock([Event(at(time), what) for time, what in events], hours * HOUR, CALENDAR, at(now), kind)


def test_due_at_closing_is_kept_by_closing() -> None:
    created = ("09:00", CREATED)
    assert stands("16:59", created, hours=7).state is State.SOON
    closing = stands("17:00", created, hours=7)
    assert (closing.due, closing.remaining, closing.state, closing.warnings) == (at("17:00"), 0 * HOUR, State.SOON, 2)
    assert stands("17:01", created, hours=7).state is State.OVERDUE


@pytest.mark.parametrize(
    ("now", "state", "warnings"),
    [("11:59", State.FINE, 0), ("13:59", State.FINE, 0), ("14:00", State.SOON, 1), ("15:01", State.OVERDUE, 2)],
)
def test_four_fifths_are_soon(now: str, state: State, warnings: int) -> None:
    found = stands(now, ("09:00", CREATED), hours=5)
    assert (found.state, found.warnings) == (state, warnings)


def test_a_second_pause_is_no_second_clock() -> None:
    found = stands("16:00", ("09:00", CREATED), ("10:00", PAUSED), ("11:00", PAUSED), ("14:00", RESUMED))
    assert (found.elapsed, found.due) == (3 * HOUR, at("25 14:00"))


def test_resumed_outside_hours_it_goes_on_at_the_opening() -> None:
    found = stands("25 10:00", ("09:00", CREATED), ("10:00", PAUSED), ("23:00", RESUMED))
    assert (found.elapsed, found.due) == (2 * HOUR, at("25 17:00"))


def test_a_new_priority_brings_its_target_for_all_the_time_used() -> None:
    used = [Event(at("09:00"), CREATED)]
    raised = clock([*used, Event(at("13:00"), PRIORITY, HOUR)], 8 * HOUR, CALENDAR, at("13:30"))
    assert (raised.due, raised.state, raised.remaining) == (at("10:00"), State.OVERDUE, -2.5 * HOUR)
    lowered = clock([*used, Event(at("13:00"), PRIORITY, 8 * HOUR)], HOUR, CALENDAR, at("13:30"))
    assert (lowered.due, lowered.state) == (at("25 10:00"), State.FINE)


def test_a_target_missed_before_a_pause_stays_missed_after_it() -> None:
    events = (("09:00", CREATED), ("11:00", PAUSED), ("14:00", RESUMED))
    paused = stands("13:30", *events[:2], hours=1)
    assert (paused.due, paused.running, paused.state) == (None, Running.PAUSED, State.OVERDUE)
    assert stands("15:00", *events, hours=1).due == at("10:00")


def test_reopened_it_goes_on_with_what_was_used() -> None:
    ended = (("09:00", CREATED), ("10:00", ENDED), ("10:30", PAUSED), ("11:00", RESUMED))
    assert stands("16:00", *ended).running is Running.ENDED
    again = stands("26 10:00", *ended, ("26 09:00", REOPENED))
    assert (again.elapsed, again.running) == (2 * HOUR, Running.RUNNING)


def test_a_response_never_pauses_and_is_asked_for_once() -> None:
    begun = (("09:00", CREATED), ("10:00", PAUSED))
    assert stands("11:00", *begun, hours=1, kind=Kind.RESPONSE).due == at("10:00")
    answered = (*begun, ("10:30", ANSWERED), ("11:00", ENDED), ("25 09:00", REOPENED))
    found = stands("25 12:00", *answered, hours=1, kind=Kind.RESPONSE)
    assert (found.elapsed, found.running, found.state) == (1.5 * HOUR, Running.ENDED, State.OVERDUE)


def test_round_the_clock() -> None:
    events = [Event(at("22:00"), CREATED)]
    found = clock(events, 4 * HOUR, None, at("25 01:00"))
    assert (found.elapsed, found.due) == (3 * HOUR, at("25 02:00"))


def test_what_has_not_happened_yet_counts_for_nothing() -> None:
    """After the clock was set back."""
    found = stands("10:00", ("09:00", CREATED), ("11:00", PAUSED))
    assert (found.elapsed, found.running) == (HOUR, Running.RUNNING)
    assert stands("08:00", ("09:00", CREATED)) == Clock(8 * HOUR, 0 * HOUR, None, Running.ENDED, State.FINE)


def test_without_office_hours_nothing_is_ever_due() -> None:
    found = clock([Event(at("09:00"), CREATED)], HOUR, Calendar(Hours()), at("25 09:00"))
    assert (found.due, found.state) == (None, State.FINE)
