"""``checklist history``, ``trend``, ``sheet``, ``feed``, ``learn``: what became of a checklist, and what is due."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

from deskmate.cli import rows
from deskmate.cli.checklists import the_key
from deskmate.cli.desks import reading
from deskmate.cli.output import narrate, say, say_json
from deskmate.domain import instant, local, measure, proof, run, when
from deskmate.domain.checklist import word_of
from deskmate.domain.hours import day_text
from deskmate.domain.proof import Gap
from deskmate.domain.row import label
from deskmate.domain.text import fit, width
from deskmate.errors import DONE, DeskmateError
from deskmate.store.read import hours
from deskmate.store.read import proof as stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.learning import Suggestion
    from deskmate.domain.proof import Entry, Proof, Trend

PLOT_CELLS, PLOT_LINES = 80, 12
"""A plot where no terminal says how wide it is, and how high one is."""
COLUMNS = (
    *("nominal", "due_at", "result", "reason", "started_at", "done_at", "written_at", "revision", "signed", "note"),
    *("item", "verdict", "value", "unit", "limits", "item_note", "item_at", "evidence", "sha256"),
    *("request", "request_status"),
)
"""Of the CSV: one record for each item of each run, one for each time without a run."""


def history(said: Said, folder: str) -> int:
    """Print what became of each time a checklist was due."""
    if said.has("--json") and said.has("--csv"):
        raise said.wrong("Say --json or --csv, not both.")
    found = proof_said(said, folder, " ".join(said.words))
    if said.has("--json"):
        say_json(_as_json(found))
    elif said.has("--csv"):
        from deskmate.formats.csv_table import write

        say(write(COLUMNS, _records(found)).rstrip("\n"))
    else:
        _show(found)
    return DONE


def trend(said: Said, folder: str) -> int:
    """Print what was measured as a plot."""
    from deskmate.domain import plot

    with _checklist(said, folder, said.words) as (conn, key, wanted):
        found = stored.trends(conn, key, hours.calendar(conn), None)
    start, end = span_said(said, date.min)
    found = tuple(filter(None, (_within(each, start, end) for each in found)))
    if wanted:
        found = tuple(each for each in found if wanted in word_of(each.item.text))
    if said.has("--json"):
        say_json([_trend_json(each) for each in found])
        return DONE
    if not found:
        narrate("Nothing was measured there." if wanted else "Nothing was measured.")
    for number, each in enumerate(found):
        if number:
            say("")
        say(f"{each.item.text}: {run.value_text(each.item, measure.plain(each.points[-1].value))}")
        if limits := run.limits_text(each.item):
            say(limits)
        lines = plot.lines(each.points, each.item, rows.columns() or PLOT_CELLS, PLOT_LINES)
        say("\n".join("".join(text for text, _style in spans).rstrip() for spans in lines))
    return DONE


def sheet(said: Said, folder: str) -> int:
    """Write the record as a page for a supervisor or an auditor."""
    path = said.value("--html")
    if not path or path == "-":
        raise said.wrong("Say --html and a file.")
    from deskmate.formats import audit_sheet, replacing

    found = proof_said(said, folder, " ".join(said.words))
    replacing.replace(path, audit_sheet.page(found).encode())
    narrate(f"{path}: {found.checklist.name}, {summary(found)}")
    return DONE


def feed(said: Said, folder: str) -> int:
    """Write what is due in the coming weeks as a calendar file."""
    path = said.value("--ics")
    if said.words or not path or path == "-":
        raise said.wrong("Say --ics and a file.")
    from deskmate.formats import ics, replacing
    from deskmate.store.read import feed as due
    from deskmate.store.read import sign

    now = local.now()
    with reading(folder) as conn:
        if conn is None:
            raise DeskmateError(
                f"There is no desk in {folder} that dates could come from.", "Start deskmate there once."
            )
        found, desk = due.feed(conn, now), sign.desk(conn)
    replacing.replace(path, ics.checks(found, desk, now, replacing.read(path)))
    narrate(f"{path}: {len(found)} checks in the coming ninety days")
    return DONE


def learn(said: Said, folder: str) -> int:
    """Print what the past suggests when checklists are pruned."""
    from deskmate.domain.learning import told
    from deskmate.store.read import checklists, learning

    name = " ".join(said.words)
    key = the_key(said, folder, name) if name else 0
    with reading(folder) as conn:
        checklist = checklists.checklist(conn, key) if key else None
        if checklist is not None:
            found = learning.of_checklist(conn, checklist)
        else:
            found = learning.of_everything(conn, local.now()) if conn else ()
    if said.has("--json"):
        say_json([_suggestion_json(each) for each in found])
    elif not found:
        narrate("There is nothing to suggest: too few runs, or all is well.")
    else:
        say("\n".join(f"{each.checklist.name}: {told(each)}" if each.checklist else told(each) for each in found))
    return DONE


# --- what is asked for -------------------------------------------------------------------------------------


def proof_said(said: Said, folder: str, name: str) -> Proof:
    """What proves the checklist of this name in the days that are said, else in the last ninety."""
    now = local.now()
    start, end = span_said(said, now.date() - timedelta(proof.SCORED_DAYS - 1))
    with _checklist(said, folder, [name]) as (conn, key, _rest):
        found = stored.proof_of(conn, key, start, end, hours.calendar(conn), now)
    if found is None:
        raise DeskmateError("There was never anything on that checklist.", "Undo may have taken it away.")
    return found


def span_said(said: Said, start: date) -> tuple[date, date]:
    """The days from --from up to and without the day after --to, which is today unless said. Raises UsageError."""
    now = local.now()
    first = _day(said, "--from", now) or start
    last = _day(said, "--to", now) or now.date()
    if last < first:  # a day of this year that is still to come
        last = when.day(said.value("--to") or "", now) or last
    if last < first:
        raise said.wrong(f"--from {day_text(first)} is after --to {day_text(last)}.")
    return first, last + timedelta(1)


def _day(said: Said, option: str, now: datetime) -> date | None:
    typed = said.value(option)
    if typed is None:
        return None
    found = when.past_day(typed, now)
    if found is None:
        raise said.wrong(f"{option} can not be “{typed}”: say mon, “1 oct” or 2026-10-01.")
    return found


@contextmanager
def _checklist(said: Said, folder: str, words: list[str]) -> Iterator[tuple[Any, int, str]]:
    """The data, the checklist that is named, also one that was dropped, and what words are left, as they are found.

    Raises DeskmateError when there is none.
    """
    with reading(folder) as conn:
        missing: DeskmateError | None = None
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            try:
                key = the_key(said, folder, name)
            except DeskmateError as error:
                gone = stored.dropped(conn, word_of(name)) if conn else None
                if gone is None:
                    missing = missing or error
                    continue
                key = gone
            yield conn, key, word_of(" ".join(words[count:]))
            return
        raise missing or said.wrong("Say which checklist.")


def _within(found: Trend, start: date, end: date) -> Trend | None:
    points = tuple(each for each in found.points if start <= each.at.date() < end)
    return proof.Trend(found.item, points) if points else None


# --- for people --------------------------------------------------------------------------------------------


def _show(found: Proof) -> None:
    """A line for each time, the newest first, and what all of them come to above."""
    zone = found.made_at.tzinfo
    say(found.checklist.name + (f"   {found.said}" if found.said else ""))
    say(summary(found))
    lines = [_line(each, zone) for each in reversed(list(proof.folded(found.entries)))]
    if not lines:
        narrate("Nothing was due in that time, and nothing was done.")
        return
    say("")
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    room = rows.columns()
    for cells in lines:
        text = "  ".join(fit(cell, size) for cell, size in zip(cells, widths, strict=True) if size).rstrip()
        say(fit(text, room).rstrip() if room else text)


def summary(found: Proof) -> str:
    """What all of it comes to, in one line."""
    of = found.score
    share = f"{of.share:.0%} kept" if of.share is not None else "nothing was due"
    counts = {"on time": of.on_time, "late": of.late, "missed": of.missed, "skipped": of.skipped}
    counts["excused"] = of.excused
    parts = [f"{count} {words}" for words, count in counts.items() if count]
    parts += [f"{found.in_a_row} in a row"] if found.in_a_row > 1 else []
    if found.verified_at:
        last = instant.from_text(found.verified_at).astimezone(found.made_at.tzinfo)
        parts.append(f"last done {day_text(last)} {last:%H:%M}")
    return f"{share}: {', '.join(parts)}" if parts else share


def _line(each: Entry | Gap, zone: Any) -> list[str]:
    """Day, time, result, revision, who signed it, and what else there is to say."""
    if isinstance(each, Gap):
        return [day_text(each.last), "", gap_text(each), "", "", each.why]
    performed, more = each.run, []
    if each.why:
        more.append(each.why)
    done = ""
    if performed is not None:
        if performed.counted_at and performed.state is not run.RunState.SKIPPED:
            at = instant.from_text(performed.counted_at).astimezone(zone)
            done = f"{at:%H:%M}" if at.date() == each.nominal.date() else f"{at:%H:%M} {_short(at)}"
            if proof.backdated(performed) and performed.ended_at:
                written = instant.from_text(performed.ended_at).astimezone(zone)
                more.append(f"written down {_short(written)} {written:%H:%M}")
        if run.in_bulk(performed.results):
            more.append("ticked in bulk")
        if performed.request:
            more.append(f"for {label(performed.request)}")
        more += [f"{label(finding.number)} {proof.finding_state(finding)}" for finding in each.findings]
        if performed.note and performed.note != each.why:
            more.append(" ".join(performed.note.split()))
    revision = f"rev {performed.checklist.revision}" if performed else ""
    return [
        day_text(each.nominal.date()),
        done,
        proof.result_text(each),
        revision,
        performed.signed if performed else "",
        ", ".join(more),
    ]


def gap_text(gap: Gap) -> str:
    """``5 missed since 9 Nov``, or just what it is."""
    count = len(gap.entries)
    return gap.stage.value if count == 1 else f"{count} {gap.stage.value} since {_short(gap.first)}"


def _short(day: date) -> str:
    return " ".join(day_text(day).split()[1:3])


# --- for programs ------------------------------------------------------------------------------------------


def _as_json(found: Proof) -> dict[str, Any]:
    of = found.score
    return {
        "checklist": found.checklist.name,
        "revision": found.checklist.revision,
        "schedule": found.said or None,
        "from": found.start.isoformat(),
        "to": (found.end - timedelta(1)).isoformat(),
        "made_at": instant.to_text(found.made_at),
        "score": of.share,
        **{name: getattr(of, name) for name in ("on_time", "late", "missed", "skipped", "excused")},
        "in_a_row": found.in_a_row,
        "last_done_at": found.verified_at,
        "entries": [_entry_json(each) for each in reversed(found.entries)],
    }


def _entry_json(each: Entry) -> dict[str, Any]:
    performed, how = each.run, proof.timing(each)
    done = performed is not None and performed.state is run.RunState.DONE
    value: dict[str, Any] = {
        "nominal": each.nominal.isoformat(timespec="minutes") if each.occurrence else None,
        "due_at": instant.to_text(each.occurrence.due) if each.occurrence else None,
        "result": proof.result_text(each),
        "stage": each.stage.value if each.stage else None,
        "timing": how.value if how else None,
        "reason": each.why or None,
    }
    if performed is None:
        return value | {"run": None}
    return value | {
        "run": {
            "revision": performed.checklist.revision,
            "started_at": performed.started_at,
            "done_at": performed.counted_at if done else None,
            "written_at": performed.ended_at,
            "signed": performed.signed or None,
            "note": performed.note or None,
            "for": label(performed.request) if performed.request else None,
            "findings": performed.findings,
            "in_bulk": run.in_bulk(performed.results),
            "items": [dict(zip(_ITEM_FIELDS, line, strict=True)) for line in _items(each)],
        }
    }


_ITEM_FIELDS = (
    *("item", "verdict", "value", "unit", "limits", "note", "at", "evidence", "request", "request_status"),
)


def _items(each: Entry) -> Iterator[tuple[Any, ...]]:
    """What came of each item of a run, in the order of ``_ITEM_FIELDS``; null where nothing did."""
    performed = each.run
    states = {finding.number: finding for finding in each.findings}
    for item in performed.items if performed else ():
        result = performed.result(item.id) if performed else None
        finding = states.get(result.finding) if result and result.finding else None
        files = performed.files(item.id) if performed else ()
        yield (
            item.text,
            result.verdict.value if result and result.verdict else None,
            (result.value if result else "") or None,
            item.unit or None,
            run.limits_text(item) or None,
            (result.note if result else "") or None,
            result.at if result and result.verdict else None,
            [{"name": file.name, "size": file.size, "sha256": file.digest} for file in files],
            label(result.finding) if result and result.finding else None,
            proof.finding_state(finding) if finding else None,
        )


def _records(found: Proof) -> Iterator[list[str]]:
    for each in reversed(found.entries):
        value = _entry_json(each)
        performed = value["run"] or {}
        head = [value[name] for name in COLUMNS[:4]]
        head += [performed.get(name) for name in COLUMNS[4:10]]
        said = [item for item in performed.get("items") or () if item["verdict"] or item["note"] or item["evidence"]]
        for item in said or [{}]:
            files = item.get("evidence") or ()
            tail = [item.get(name) for name in _ITEM_FIELDS[:7]]
            tail += ["; ".join(file[name] for file in files) for name in ("name", "sha256")]
            tail += [item.get(name) for name in _ITEM_FIELDS[8:]]
            yield ["" if cell is None else str(cell) for cell in (*head, *tail)]


def _suggestion_json(each: Suggestion) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "checklist": each.checklist.name if each.checklist else None,
        "item": each.item.text if each.item else None,
        "reason": each.reason,
        "requests": [label(number) for number in each.requests],
    }


def _trend_json(found: Trend) -> dict[str, Any]:
    item = found.item
    return {
        "item": item.text,
        "unit": item.unit or None,
        **{name: getattr(item, name) for name in ("low", "high", "warn_low", "warn_high")},
        "points": [
            {"at": instant.to_text(each.at), "value": each.value, "failed": each.failed} for each in found.points
        ],
    }
