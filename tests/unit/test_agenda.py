"""What is said of a checklist now, and what comes first."""

from __future__ import annotations

from dataclasses import replace

from deskmate.domain.agenda import Line, OpenRun, State, by_need, state

NOW = "2026-11-20T09:47:00.000Z"
DUE = Line(
    1, "Backup", "every Friday", "2026-11-20T00:00", "2026-11-19T08:00:00.000Z", "2026-11-20T08:00:00.000Z",
    "2026-11-20T16:00:00.000Z", waiting=1, last_done_at="2026-11-13T08:10:00.000Z",
)  # fmt: skip
COMES = replace(
    DUE, waiting=0, begins_at="2026-11-26T08:00:00.000Z", due_at="2026-11-27T08:00:00.000Z",
    late_at="2026-11-27T16:00:00.000Z",
)  # fmt: skip
RUN = OpenRun(7, 3, 9)


def test_the_most_pressing_that_is_true_is_said() -> None:
    late = replace(DUE, late_at=NOW)
    assert state(DUE, NOW) is State.DUE
    assert state(late, NOW) is State.OVERDUE, "from the moment on at which it is late"
    assert state(replace(late, open_run=RUN), NOW) is State.OVERDUE
    assert state(replace(DUE, open_run=RUN), NOW) is State.RUNNING
    assert state(replace(COMES, open_run=RUN), NOW) is State.RUNNING, "begun before its time"
    assert state(replace(COMES, missed=2), NOW) is State.MISSED
    assert state(replace(late, paused=True), NOW) is State.PAUSED, "nothing is wanted"
    assert state(replace(DUE, paused=True, open_run=RUN), NOW) is State.RUNNING
    assert state(COMES, NOW) is State.DONE
    assert state(replace(COMES, begins_at=NOW), NOW) is State.UPCOMING, "doing it counts already"
    assert state(replace(COMES, last_done_at=None), NOW) is State.UPCOMING
    assert state(Line(1, "Backup"), NOW) is State.UNSCHEDULED
    assert state(Line(1, "Backup", open_run=RUN), NOW) is State.RUNNING


def test_what_needs_doing_first_comes_first() -> None:
    lines = [
        Line(1, "none"),
        replace(COMES, key=2, name="later", due_at="2026-12-01T08:00:00.000Z"),
        replace(COMES, key=3, name="paused", paused=True),
        replace(COMES, key=4, name="soon", last_done_at=None),
        replace(DUE, key=5, name="due"),
        replace(DUE, key=6, name="late", late_at=NOW),
        replace(DUE, key=7, name="begun", open_run=RUN),
        replace(DUE, key=8, name="Also due"),
    ]
    names = [line.name for line in by_need(lines, NOW)]
    assert names == ["late", "begun", "Also due", "due", "soon", "later", "paused", "none"]
