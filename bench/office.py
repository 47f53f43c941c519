"""What computing due times costs, in the process and without a desk."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bench import data
from bench.figure import Figure, Run, middle
from deskmate.domain import instant, sla
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Holiday, Hours, Leave, parse_week

YEARS = 5
REQUESTS = 10_000
TARGET = timedelta(hours=16)


def office(run: Run) -> list[Figure]:
    """Due times of many requests over five years of office hours, and those five years themselves."""
    count = REQUESTS // 10 if run.quick else REQUESTS
    asked = random.Random(data.SEED)
    start = data.END - timedelta(days=365 * YEARS)
    created = [start + timedelta(minutes=asked.randrange(YEARS * 365 * 1440)) for _ in range(count)]
    texts = [instant.to_text(each) for each in created]
    lives = [_life(each, asked) for each in created]
    calendar = _years(start)
    kinds: dict[str, Callable[[], object]] = {
        "instant": lambda: [instant.to_text(instant.from_text(text)) for text in texts],
        "due": lambda: [calendar.due(each, TARGET) for each in created],
        "clock": lambda: [sla.clock(life, TARGET, calendar, data.END) for life in lives],
        "years": lambda: _years(start),
    }
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(run.rounds):
        for kind, work in kinds.items():
            began = time.perf_counter()
            work()
            times[kind].append(time.perf_counter() - began)
    each = {kind: middle(taken) / (1 if kind == "years" else count) for kind, taken in times.items()}
    reference = "an instant read and written"
    return [
        Figure("office", what, of, each[kind] / against, goal, note=f"{each[kind] * 1e6:,.0f} µs")
        for what, kind, of, against, goal in (
            (f"due time, each of {count:,}", "due", reference, each["instant"], 2),
            (f"clock with a pause, each of {count:,}", "clock", reference, each["instant"], 8),
            (f"{YEARS} years of office hours", "years", f"{count:,} due times", each["due"] * count, None),
        )
    ]


def _years(start: datetime) -> Calendar:
    """Hours as somebody has them, computed from ``start`` to the end."""
    years = range(start.year, start.year + YEARS + 1)
    hours = Hours(
        "Europe/Berlin",
        parse_week("Mon-Thu 9-12, 13-17; Fri 9-12")[0],
        holidays=tuple(
            Holiday(date(year, *day)) for year in years for day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
        ),
        leaves=tuple(Leave(date(year, 8, 3), date(year, 8, 14)) for year in years),
    )
    calendar = Calendar(hours)
    calendar.business(start, start + timedelta(days=365 * YEARS))
    return calendar


def _life(created: datetime, asked: random.Random) -> list[sla.Event]:
    paused = created + timedelta(minutes=asked.randrange(1440))
    resumed = paused + timedelta(minutes=asked.randrange(3 * 1440))
    moments = (created, paused, resumed)
    kinds = (sla.Happened.CREATED, sla.Happened.PAUSED, sla.Happened.RESUMED)
    return [sla.Event(at.astimezone(UTC), what) for at, what in zip(moments, kinds, strict=True)]
