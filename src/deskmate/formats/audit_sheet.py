"""The record of a checklist as one page, for a supervisor or an auditor: to be read, printed and signed.

It needs no script and loads nothing. Of a request that a failed item led to there are its number and how far it is,
because that is all that a ``Proof`` has of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from html import escape
from string import Template

from deskmate.domain import instant, plot, proof, run
from deskmate.domain.checklist import Item, Verdict
from deskmate.domain.hours import day_text
from deskmate.domain.occurrence import Stage
from deskmate.domain.proof import Entry, Finding, Gap, Proof, Trend
from deskmate.domain.public import outward
from deskmate.domain.row import label
from deskmate.domain.run import Result, Run, RunState

_TEMPLATE = os.path.join(os.path.dirname(__file__), "audit_sheet.html")
_SCORING = (
    "Share: on time and half of late, of all that was on time, late or missed. What was excused or skipped with a"
    " reason is in no part of it."
)
_WIDTH, _HEIGHT = 640, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 128, 12, 26
"""Of a plot, with the room around its field for numbers and words."""
_APART = 14
"""Units that two words beside a plot need from each other."""
_LOUD = {Stage.MISSED: "bad", Stage.LATE: "warn", Stage.OVERDUE: "bad"}
_VERDICTS = {Verdict.DONE: "good", Verdict.FAILED: "bad", Verdict.NOT_APPLICABLE: "faint"}


@outward
def page(found: Proof) -> str:
    """The whole page."""
    with open(_TEMPLATE, encoding="utf-8") as file:
        template = Template(file.read())
    zone = found.made_at.tzinfo
    performed = [each for each in found.entries if _has_more(each)]
    about = found.checklist.content.about
    return template.substitute(
        title=escape(f"{found.checklist.name}, {_span(found)}"),
        name=escape(found.checklist.name),
        about=f'<p class="about">{escape(about)}</p>' if about else "",
        facts=_facts(found, zone),
        score=_score(found),
        scoring=_SCORING,
        plots="".join(_plot(each) for each in found.trends if len(each.points) > 1),
        overview=_overview(found, zone),
        runs=f"<h2>Each run</h2>\n{''.join(_run(each, zone) for each in performed)}" if performed else "",
        footer=escape(
            f"Made {_moment(found.made_at, zone)} by deskmate. Times are those of {_zone(found)}. A SHA-256 is the"
            " fingerprint of a file: if it still fits the file, the file is the one that was kept."
        ),
    )


# --- above -------------------------------------------------------------------------------------------------


def _facts(found: Proof, zone: tzinfo | None) -> str:
    made = found.checklist.made_at
    facts = [
        ("Period", _span(found)),
        ("Due", found.said or "no schedule"),
        ("Last done", _at(found.verified_at, zone) if found.verified_at else "never"),
        ("On time in a row", str(found.in_a_row)),
        ("Revision now", f"{found.checklist.revision}" + (f", made {_at(made, zone)}" if made else "")),
    ]
    return "".join(f"<dt>{name}</dt><dd>{escape(said)}</dd>" for name, said in facts)


def _score(found: Proof) -> str:
    of = found.score
    share = "–" if of.share is None else f"{of.share:.0%}"
    parts = [(share, "kept"), (of.on_time, "on time"), (of.late, "late"), (of.missed, "missed")]
    parts += [(count, name) for count, name in ((of.skipped, "skipped"), (of.excused, "excused")) if count]
    return "".join(f"<div><b>{count}</b>{name}</div>" for count, name in parts)


def _span(found: Proof) -> str:
    return f"{day_text(found.start)} to {day_text(found.end - timedelta(1))}"


def _zone(found: Proof) -> str:
    name = getattr(found.made_at.tzinfo, "key", "")
    return str(name) if name else f"the office (UTC{found.made_at:%z})"


# --- what became of each time ------------------------------------------------------------------------------


def _overview(found: Proof, zone: tzinfo | None) -> str:
    rows = "".join(_row(each, zone) for each in proof.folded(found.entries))
    if not rows:
        return '<p class="faint">Nothing was due in this period, and nothing was done.</p>'
    head = '<tr><th>Due</th><th>Done</th><th>Result</th><th>Signed by</th><th class="wide">Revision</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _row(each: Entry | Gap, zone: tzinfo | None) -> str:
    if isinstance(each, Gap):
        count = len(each.entries)
        days = day_text(each.last) if count == 1 else f"{_short(each.first, each.last)} to {day_text(each.last)}"
        what = each.stage.value if count == 1 else f"{count} {each.stage.value}"
        loud = _LOUD.get(each.stage, "faint")
        why = escape(f": {each.why}") if each.why else ", no word on it" if each.stage is Stage.MISSED else ""
        return f'<tr><td colspan="2">{days}</td><td colspan="3"><span class="{loud}">{what}</span>{why}</td></tr>'
    performed = each.run
    due = day_text(each.nominal.date()) if each.occurrence else ""
    done = _done(each, performed, zone) if performed and performed.state is RunState.DONE else ""
    words = f'<span class="{_loud(each)}">{escape(proof.result_text(each))}</span>'
    if performed and _has_more(each):
        words = f'<a href="#run-{performed.id}">{words}</a>'
    words += _marks(performed) if performed else ""
    words += f": {escape(each.why)}" if each.why else ""
    words += "".join(f", {_finding(finding, zone)}" for finding in each.findings)
    signed = escape(performed.signed) if performed else ""
    revision = str(performed.checklist.revision) if performed else ""
    return (
        f'<tr><td class="n">{due}</td><td class="n">{done}</td><td>{words}</td><td>{signed}</td>'
        f'<td class="n wide">{revision}</td></tr>'
    )


def _short(first: date, last: date) -> str:
    """A day without the year where another follows in the same one."""
    text = day_text(first)
    return text.rpartition(" ")[0] if first.year == last.year else text


def _loud(each: Entry) -> str:
    if each.run is not None and each.run.state is RunState.DONE and each.run.findings:
        return "bad"
    return _LOUD.get(each.stage, "") if each.stage else ""


def _done(each: Entry, performed: Run, zone: tzinfo | None) -> str:
    """When, with the day where it is not the one before it."""
    at = instant.from_text(performed.counted_at or performed.started_at).astimezone(zone)
    same = each.occurrence is not None and at.date() == each.nominal.date()
    return f"{at:%H:%M}" if same else _moment(at, zone)


def _marks(performed: Run) -> str:
    marks = ["written down later"] if proof.backdated(performed) else []
    marks += ["ticked in bulk"] if run.in_bulk(performed.results) else []
    return "".join(f' <span class="mark">{mark}</span>' for mark in marks)


def _finding(finding: Finding, zone: tzinfo | None) -> str:
    said = proof.finding_state(finding)
    if finding.resolved_at and said != "open":
        said = f"{said} {day_text(instant.from_text(finding.resolved_at).astimezone(zone).date())}"
    return f"{label(finding.number)} {escape(said)}"


# --- each run ----------------------------------------------------------------------------------------------


def _has_more(each: Entry) -> bool:
    """Whether there is more to a run than its line."""
    return each.run is not None and any(result.verdict is not None or result.note for result in each.run.results)


def _run(each: Entry, zone: tzinfo | None) -> str:
    performed = each.run
    if performed is None:
        return ""
    due = f"due {_moment(each.occurrence.due, zone)}" if each.occurrence else "not of a time it was due"
    rows = "".join(_item(place, item, performed, each, zone) for place, item in enumerate(performed.items, 1))
    note = f'<p class="note">{escape(performed.note)}</p>' if performed.note else ""
    names = '<th></th><th>Item</th><th>Result</th><th>Note, evidence and its SHA-256</th><th class="wide">At</th>'
    return (
        f'<article id="run-{performed.id}"><header><h3>{day_text(each.nominal.date())}: '
        f'<span class="{_loud(each)}">{escape(proof.result_text(each))}</span>{_marks(performed)}</h3>'
        f'<p class="faint">{escape(", ".join([due, *_times(performed, zone)]))}</p></header>'
        f'{note}<table class="items"><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table></article>\n'
    )


def _times(performed: Run, zone: tzinfo | None) -> Iterator[str]:
    """When it was begun and done, and by whom; both times where it was written down at another."""
    yield f"begun {_at(performed.started_at, zone)}"
    if performed.counted_at and performed.state is RunState.DONE:
        yield f"done {_at(performed.counted_at, zone)}"
    if performed.ended_at and proof.backdated(performed):
        yield f"written down {_at(performed.ended_at, zone)}"
    yield f"revision {performed.checklist.revision}"
    yield f"signed by {performed.signed}" if performed.signed else "not signed"
    if performed.request:
        yield f"for {label(performed.request)}"


def _item(place: int, item: Item, performed: Run, each: Entry, zone: tzinfo | None) -> str:
    result = performed.result(item.id) or Result(item.id, None)
    said = [f'<span class="{_VERDICTS[result.verdict]}">{result.verdict.value}</span>' if result.verdict else "open"]
    if result.value:
        said.append(f"<b>{escape(run.value_text(item, result.value))}</b>")
    if run.worth_a_look(item, result.value):
        said.append('<span class="warn">worth a look</span>')
    if run.ahead(performed, item.id):
        said.append("done out of order")
    said += [_finding(finding, zone) for finding in each.findings if finding.number == result.finding]
    expected = ", ".join(filter(None, (item.expected, run.limits_text(item))))
    more = [escape(result.note).replace("\n", "<br>")] if result.note else []
    more += [f"{escape(file.name)}<br><code>{escape(file.digest)}</code>" for file in performed.files(item.id)]
    at = instant.from_text(result.at).astimezone(zone) if result.verdict and result.at else None
    same = at is not None and at.date() == each.at.astimezone(zone).date()
    time = "" if at is None else f"{at:%H:%M:%S}" if same else _moment(at, zone)
    wanted = f'<br><span class="faint">{escape(expected)}</span>' if expected else ""
    return (
        f'<tr><td class="n faint">{place}</td><td>{escape(item.text)}{wanted}</td><td>{"<br>".join(said)}</td>'
        f'<td>{"<br>".join(more)}</td><td class="n wide">{time}</td></tr>'
    )


# --- what was measured -------------------------------------------------------------------------------------


def _plot(found: Trend) -> str:
    """The values of an item as a picture, with its limits."""
    limits = plot.limits(found.item)
    of = plot.scale(found.points, limits)
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(at: datetime) -> float:
        return round(_LEFT + of.along(at) * width, 1)

    def y(value: float) -> float:
        return round(_TOP + (1 - of.up(value)) * height, 1)

    parts = [
        f'<path class="axis" fill="none" d="M{_LEFT} {_TOP}V{_TOP + height}H{_LEFT + width}"/>',
        *(_words(_LEFT - 8, y(value) + 4, plot.label(value), "end") for value in (of.low, of.high)),
    ]
    taken: list[float] = []
    for limit in sorted(limits, key=lambda limit: not limit.hard):
        kind = "hard" if limit.hard else "soft"
        parts.append(f'<path class="{kind}" d="M{_LEFT} {y(limit.value)}h{width}"/>')
        beside = y(limit.value) + 4
        if all(abs(beside - other) >= _APART for other in taken):
            taken.append(beside)
            parts.append(_words(_LEFT + width + 8, beside, limit.words, "start"))
    line = " ".join(f"{x(each.at)},{y(each.value)}" for each in found.points)
    parts.append(f'<polyline class="value" points="{line}"/>')
    for each in found.points:
        across, up = x(each.at), y(each.value)
        if each.failed:
            parts.append(f'<path class="cross" d="M{across - 5} {up - 5}l10 10m0-10l-10 10"/>')
        else:
            parts.append(f'<circle class="dot" cx="{across}" cy="{up}" r="2.4"/>')
    foot = _TOP + height + 18
    parts.append(_words(_LEFT, foot, day_text(found.points[0].at.date()), "start"))
    parts.append(_words(_LEFT + width, foot, day_text(found.points[-1].at.date()), "end"))
    unit = f", {found.item.unit}" if found.item.unit else ""
    failed = sum(each.failed for each in found.points)
    told = f"{len(found.points)} values" + (f", {failed} outside the limits (crosses)" if failed else "")
    title = escape(f"{found.item.text}{unit}: {told}")
    return (
        f"<figure><figcaption>{escape(found.item.text)}<span>{escape(unit)} · {told}</span></figcaption>"
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">'
        f"{''.join(parts)}</svg></figure>\n"
    )


def _words(across: float, down: float, said: str, anchor: str) -> str:
    return f'<text x="{across}" y="{down}" text-anchor="{anchor}">{escape(said)}</text>'


def _at(at: str | None, zone: tzinfo | None) -> str:
    return _moment(instant.from_text(at), zone) if at else ""


def _moment(at: datetime, zone: tzinfo | None) -> str:
    here = at.astimezone(zone)
    return f"{day_text(here)} {here:%H:%M}"
