"""What became of each time: what is one line, what counts, and in which words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deskmate.domain.calendar import Calendar
from deskmate.domain.checklist import Checklist, Content, Item, Kind, Verdict
from deskmate.domain.hours import Holiday, Hours, Leave, parse_week
from deskmate.domain.occurrence import Occurrence, Pause, Stage
from deskmate.domain.proof import Absence, Entry, Gap, entries, folded, in_a_row, result_text, score, trends
from deskmate.domain.run import Result, Run, RunState

MONDAY = datetime(2026, 11, 2)
CALENDAR = Calendar(
    Hours(
        "Europe/Berlin",
        parse_week("Mon-Fri 9-17")[0],
        holidays=(Holiday(date(2026, 11, 4), "Day of rest"),),
        leaves=(Leave(date(2026, 11, 5), date(2026, 11, 6)),),
    )
)
LIST = Checklist(1, "Morning", Content((Item("Space", 1, Kind.VALUE), Item("Alarms", 2))))


def occurrence(days: int, stage: Stage, run: int = 0) -> Occurrence:
    due = datetime(2026, 11, 2, 8, tzinfo=UTC) + timedelta(days)
    return Occurrence(MONDAY + timedelta(days), due, due, due + timedelta(hours=8), stage, run)


def run(key: int, day: int, value: str = "", verdict: Verdict = Verdict.DONE, **how: object) -> Run:
    at = f"2026-11-{day:02d}T07:30:00.000Z"
    results = (Result(1, verdict, value, at=at), Result(2, Verdict.DONE, at=at))
    fields: dict[str, object] = {"state": RunState.DONE, "ended_at": at, "counted_at": at, "results": results, **how}
    return Run(key, LIST, None, None, started_at=at, **fields)  # type: ignore[arg-type]


def whole(*found: Occurrence, runs: tuple[Run, ...] = (), note: str = "") -> tuple[Entry, ...]:
    absences = (Absence(MONDAY, MONDAY + timedelta(2), note),) if note else ()
    pauses = (Pause(date(2026, 11, 9), date(2026, 11, 9), "moving house"),)
    return entries(found, runs, {}, absences, pauses, CALENDAR)


def test_an_absence_is_one_line_and_its_word_ends_it() -> None:
    missed = [occurrence(days, Stage.MISSED) for days in range(5)]
    found = list(folded(whole(*missed, note="ill")))
    assert [(each.why, len(each.entries), each.first) for each in found if isinstance(each, Gap)] == [
        ("ill", 3, date(2026, 11, 2)),
        ("", 2, date(2026, 11, 5)),
    ]
    between = whole(*missed[:2], occurrence(2, Stage.DONE, 7), missed[3], runs=(run(7, 4),))
    assert [isinstance(each, Gap) for each in folded(between)] == [True, False, True]


def test_what_was_excused_says_why() -> None:
    excused = [occurrence(days, Stage.EXCUSED) for days in (2, 3, 5, 7)]
    assert [each.why for each in whole(*excused)] == [
        "holiday: Day of rest",
        "leave",
        "closed",
        "pause: moving house",
    ]


def test_only_what_was_due_and_wanted_is_scored() -> None:
    stages = [Stage.DONE, Stage.LATE, Stage.MISSED, Stage.DONE, Stage.EXCUSED, Stage.DONE, Stage.SKIPPED, Stage.DUE]
    found = [occurrence(days, stage) for days, stage in enumerate(stages)]
    assert score(found).share == (3 + 0.5) / 5
    assert score(found[4:5]).share is None, "of nothing there is no share"
    assert in_a_row(found) == (2, True)
    assert in_a_row(found[3:]) == (2, False), "what ends it may lie before"


@pytest.mark.parametrize(
    ("stage", "how", "words"),
    [
        (Stage.DONE, {}, "done early"),
        (Stage.LATE, {}, "done late"),
        (None, {}, "done ad hoc"),
        (None, {"state": RunState.OPEN, "ended_at": None, "counted_at": None}, "2 of 2 done"),
        (Stage.DUE, {"state": RunState.OPEN, "ended_at": None, "counted_at": None}, "2 of 2 done"),
        (Stage.SKIPPED, {"state": RunState.SKIPPED}, "skipped"),
        (Stage.MISSED, None, "missed"),
    ],
)
def test_the_words_for_it(stage: Stage | None, how: dict[str, object] | None, words: str) -> None:
    each = occurrence(0, stage, 7) if stage else None
    assert result_text(Entry(each, None if how is None else run(7, 2, **how))) == words  # type: ignore[arg-type]
    if words == "done early":
        failed = run(7, 2, verdict=Verdict.FAILED)
        assert result_text(Entry(each, failed)) == "done early with 1 finding"


def test_a_trend_is_of_what_was_measured_when_it_was() -> None:
    late = run(3, 5, "12", Verdict.FAILED, counted_at="2026-11-03T16:00:00.000Z")
    (found,) = trends([run(1, 2, "30"), run(2, 4, "", Verdict.NOT_APPLICABLE), late, run(4, 6, "-1.5")])
    assert [(each.at.day, each.value, each.failed) for each in found.points] == [
        (2, 30.0, False),
        (3, 12.0, True),
        (6, -1.5, False),
    ]
