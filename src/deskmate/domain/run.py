"""A run: one performance of a checklist, item by item, and the rules of ticking.

A list that is done in order takes its items one after the other. Going ahead is refused with the item that comes
first, unless it is said to be meant; it stays visible afterwards, by the times of the results.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from deskmate.domain import instant, measure
from deskmate.domain.checklist import Checklist, Item, Kind, Mode, Verdict
from deskmate.domain.request import Refused
from deskmate.domain.text import excerpt
from deskmate.domain.values import LINE_LIMIT, Wrong, text

BULK_ITEMS, BULK_SPAN = 5, timedelta(seconds=3)
"""More items than that within so short a time were ticked without looking; a run says so."""


class RunState(StrEnum):
    """What a run is."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows something. ``digest`` is its SHA-256 in hex, ``at`` a stored instant."""

    id: int
    item: int
    name: str
    size: int
    digest: str
    at: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an item; without a verdict there is only a note so far. ``finding`` is the request it led to."""

    item: int
    verdict: Verdict | None
    value: str = ""
    note: str = ""
    at: str = ""
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A performance with all that came of it. Instants are stored ones, ``nominal`` is local ("2026-11-24T00:00").

    Without ``nominal`` it is of no occurrence: ad hoc, or for ``request``. ``newer`` is the number of a revision
    made since, which an open run can switch to, else 0.
    """

    id: int
    checklist: Checklist
    nominal: str | None
    request: int | None
    state: RunState
    started_at: str
    ended_at: str | None = None
    counted_at: str | None = None
    note: str = ""
    signed: str = ""
    results: tuple[Result, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    newer: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """What is on the list, as this run has it."""
        return self.checklist.content.items

    def item(self, key: int) -> Item | None:
        """The item of this id; None when it is not on the list as this run has it."""
        return next((item for item in self.items if item.id == key), None)

    def result(self, key: int) -> Result | None:
        """What came of an item so far; None for nothing."""
        return next((result for result in self.results if result.item == key), None)

    def verdict(self, key: int) -> Verdict | None:
        """What was said of an item."""
        result = self.result(key)
        return result.verdict if result else None

    def files(self, key: int) -> tuple[Evidence, ...]:
        """The evidence of an item."""
        return tuple(each for each in self.evidence if each.item == key)

    @property
    def open_items(self) -> tuple[Item, ...]:
        """The items that nothing was said of, in order."""
        return tuple(item for item in self.items if self.verdict(item.id) is None)

    @property
    def marked(self) -> int:
        """How many of its items have a verdict."""
        return len(self.items) - len(self.open_items)

    @property
    def findings(self) -> int:
        """How many of its items failed."""
        return sum(self.verdict(item.id) is Verdict.FAILED for item in self.items)


class Timing(StrEnum):
    """How a run stands with the time it is for."""

    EARLY = "early"
    ON_TIME = "on time"
    LATE = "late"
    AD_HOC = "ad hoc"
    """For no time at all, or so early that it counts for none by itself."""


def timing(at: str, begins_at: str | None, due_at: str | None, late_at: str | None) -> Timing:
    """What being done at a stored instant is; the others are those of the occurrence, None where there is none."""
    if begins_at is None or due_at is None or late_at is None or at < begins_at:
        return Timing.AD_HOC
    return Timing.EARLY if at < due_at else Timing.ON_TIME if at < late_at else Timing.LATE


# --- one item -----------------------------------------------------------------------------------------------


def mark(
    run: Run,
    key: int,
    verdict: Verdict | None,
    at: str,
    value: str = "",
    note: str | None = None,
    *,
    jump: bool = False,
) -> Result:
    """What comes of an item when it is said to be so at a stored instant. ``value`` is as typed.

    A value outside its limits fails whatever was said. ``note`` None keeps the one there is. ``jump`` goes ahead
    of items that come first. Raises Refused with what is missing.
    """
    item = _item(run, key)
    before = run.result(key) or Result(key, None)
    words = before.note if note is None else _note(note)
    if verdict is None:
        after = replace(before, verdict=None, value="", note=words, at=before.at or at)
    else:
        first = comes_first(run, key)
        if first is not None and not jump:
            raise OutOfOrder(
                f"{place_of(run, first.id)} {excerpt(first.text, 40)} comes first: this is done in order."
            )
        verdict, value = _judged(item, verdict, value or before.value)
        missing = _missing(item, verdict, value, words, bool(run.files(key)))
        if missing:
            raise Refused(f"{excerpt(item.text, 40)}: {missing}.", "Nothing was ticked.")
        same = (before.verdict, before.value) == (verdict, value)
        after = replace(before, verdict=verdict, value=value, note=words, at=before.at if same else at)
    if after == before or after == Result(key, None, at=at):
        raise Refused("It says so already.")
    return after


class OutOfOrder(Refused):
    """Another item comes first. To go ahead all the same is possible, and stays visible."""


def comes_first(run: Run, key: int) -> Item | None:
    """The item that has to be done before this one; None when it is its turn, or in any order."""
    if run.checklist.content.mode is not Mode.IN_ORDER:
        return None
    for item in run.items:
        if item.id == key:
            return None
        if run.verdict(item.id) is None:
            return item
    return None


def ahead(run: Run, key: int) -> bool:
    """Whether an item of a list in order was done before one that comes first."""
    result = run.result(key)
    if run.checklist.content.mode is not Mode.IN_ORDER or result is None or result.verdict is None:
        return False
    for item in run.items:
        if item.id == key:
            return False
        first = run.result(item.id)
        if first is None or first.verdict is None or first.at > result.at:
            return True
    return False


def place_of(run: Run, key: int) -> int:
    """The number an item has on the list, from 1 on; 0 when it is not on it."""
    return next((place for place, item in enumerate(run.items, 1) if item.id == key), 0)


def missing(run: Run, key: int) -> str:
    """What an item still needs before it can be done, in words; empty when a key is enough."""
    item, result = _item(run, key), run.result(key) or Result(key, None)
    return _missing(item, Verdict.DONE, result.value, result.note, bool(run.files(key)))


def worth_a_look(item: Item, value: str) -> bool:
    """Whether a stored value is within its limits and yet outside those that call for attention."""
    if item.kind is not Kind.VALUE or not value:
        return False
    number = float(value)
    return _within(number, item.low, item.high) and not _within(number, item.warn_low, item.warn_high)


def next_item(run: Run, after: int = 0) -> Item | None:
    """The next item that nothing was said of: after that one, else from the beginning; None when there is none."""
    rest = run.open_items
    here = place_of(run, after)
    later = (item for item in rest if place_of(run, item.id) > here)
    return next(later, rest[0] if rest else None)


def carried(item: Item, result: Result, *, files: bool) -> Result:
    """A result as it is for the item of another revision: judged anew, and open again where more is asked for now."""
    if result.verdict is None or result.verdict is Verdict.NOT_APPLICABLE:
        return result
    try:
        verdict, value = _judged(item, result.verdict, result.value)
    except Refused:
        return replace(result, verdict=None, value="")
    if _missing(item, verdict, value, result.note, files):
        return replace(result, verdict=None)
    return replace(result, verdict=verdict, value=value)


def _item(run: Run, key: int) -> Item:
    if run.state is not RunState.OPEN:
        raise Refused(f"This run of {run.checklist.name} has ended.", "Undo opens it again.")
    item = run.item(key)
    if item is None:
        raise Refused("That is not on this list any more.", "Nothing was changed.")
    return item


def _note(typed: str) -> str:
    try:
        return text(typed)
    except Wrong as wrong:
        raise Refused(f"The note can not be taken: {wrong}.") from wrong


def _judged(item: Item, verdict: Verdict, typed: str) -> tuple[Verdict, str]:
    """The verdict with the value as it is kept."""
    if verdict is Verdict.NOT_APPLICABLE:
        return verdict, ""
    try:
        value = read_value(item, typed)
    except Wrong as wrong:
        raise Refused(f"{excerpt(item.text, 40)}: {wrong}.", "Nothing was ticked.") from wrong
    outside = item.kind is Kind.VALUE and value and not _within(float(value), item.low, item.high)
    return (Verdict.FAILED if outside else verdict), value


def _missing(item: Item, verdict: Verdict, value: str, note: str, files: bool) -> str:
    if verdict is Verdict.NOT_APPLICABLE:
        return "" if note else "say why it is not applicable"
    if verdict is Verdict.FAILED:
        return ""
    if item.kind is Kind.VALUE and not value:
        return "type the value"
    if item.kind is Kind.CHOICE and not value:
        return "choose one of " + ", ".join(item.choices)
    if item.kind is Kind.NOTE and not note:
        return "this asks for a note"
    return "it needs a file as evidence" if item.evidence and not files else ""


def _within(number: float, low: float | None, high: float | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


# --- values -------------------------------------------------------------------------------------------------


def read_value(item: Item, typed: str) -> str:
    """What is typed for an item, as it is kept: a number, or one of its choices. Raises Wrong."""
    typed = typed.strip()
    if not typed or item.kind not in (Kind.VALUE, Kind.CHOICE):
        return ""
    if item.kind is Kind.VALUE:
        return measure.plain(parse_number(typed, item.unit))
    if typed.isdecimal() and typed not in item.choices and 0 < int(typed) <= len(item.choices):
        return item.choices[int(typed) - 1]
    word = typed.casefold()
    exact = [choice for choice in item.choices if choice.casefold() == word]
    found = exact or [choice for choice in item.choices if choice.casefold().startswith(word)]
    if len(found) != 1:
        raise Wrong(f"“{excerpt(typed, 30)}” is none of {', '.join(item.choices)}")
    return found[0]


def parse_number(typed: str, unit: str = "") -> float:
    """A number as people type it, with a comma or a point, perhaps with its unit. Raises Wrong."""
    plain = typed.strip()
    if unit and plain.casefold().endswith(unit.casefold()):
        plain = plain[: -len(unit)].rstrip()
    return measure.number(plain)


def limits_text(item: Item) -> str:
    """What a value has to be, in words; empty where anything will do."""
    hard, soft = measure.spoken(item.low, item.high), measure.spoken(item.warn_low, item.warn_high)
    return ", ".join(filter(None, (hard, soft and f"better {soft}")))


def value_text(item: Item, value: str) -> str:
    """A stored value with its unit."""
    return f"{value} {item.unit}" if value and item.kind is Kind.VALUE and item.unit else value


# --- the whole run ------------------------------------------------------------------------------------------


def in_bulk(results: Iterable[Result]) -> bool:
    """Whether more items were ticked within a moment than anybody can have looked at."""
    times = sorted(instant.from_text(result.at) for result in results if result.verdict is not None)
    return any(last - first < BULK_SPAN for first, last in zip(times, times[BULK_ITEMS:], strict=False))


def why_not_finish(run: Run) -> str:
    """Why a run can not be written down as done; empty when it can."""
    if run.state is not RunState.OPEN:
        return "this run has ended"
    rest = run.open_items
    if not rest:
        return ""
    first = f"{place_of(run, rest[0].id)} {excerpt(rest[0].text, 40)}"
    return f"{first} is open" if len(rest) == 1 else f"{len(rest)} items are open, {first} is the first"


def state_text(run: Run) -> str:
    """What became of a run: ``done with 1 finding``, ``skipped``, ``item 5 of 9``."""
    if run.state is RunState.SKIPPED:
        return "skipped"
    if run.state is RunState.OPEN:
        return f"{run.marked} of {len(run.items)} done"
    count = run.findings
    words = f"done with {count} finding{'' if count == 1 else 's'}" if count else "done"
    return f"{words}, ticked in bulk" if in_bulk(run.results) else words


def quiet_words(name: str) -> str:
    """What do-not-disturb is for while a checklist of this name is run; that one ends with the run."""
    return f"for {name}"


def reason(typed: str) -> str:
    """Why something is not done, as one line. Raises Refused for none."""
    line = " ".join(_note(typed).split())
    if not line:
        raise Refused("Say why.", "Nothing was changed.")
    if len(line) > LINE_LIMIT:
        raise Refused(f"A reason has at most {LINE_LIMIT} characters, not {len(line):,}.")
    return line


# --- what a failed item leads to -----------------------------------------------------------------------------


def finding_title(run: Run, item: Item) -> str:
    """The title of the request that a failed item makes."""
    return excerpt(f"{run.checklist.name}: {item.text}", 200)


def found_by(run: Run, item: Item) -> str:
    """Which item of which run failed: ``Patch round, item 4``."""
    return f"{run.checklist.name}, item {place_of(run, item.id)}"


def finding_text(run: Run, item: Item, result: Result | None) -> str:
    """What a failed item says, line by line, for its request."""
    said = result or Result(item.id, None)
    of = f" of {run.nominal[:10]}" if run.nominal else ""
    lines = [f"Found by {run.checklist.name}{of}, item {place_of(run, item.id)}: {item.text}"]
    if said.value:
        lines.append(f"Value: {value_text(item, said.value)}")
    if limits := limits_text(item):
        lines.append(f"Limits: {limits}")
    if item.expected:
        lines.append(f"Expected: {item.expected}")
    if said.note:
        lines.append(f"Note: {said.note}")
    return "\n".join(lines)
