"""A walk-through: one performance of a guide, with somebody, for them, or by themselves.

A step is known by its key, so that what is known of it survives that it is moved or reworded. Something may be said
of a step more than once: one goes back, or a branch leads to it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from deskmate.domain import instant
from deskmate.domain.guide import Branch, Content, Guide, Step, Then
from deskmate.domain.request import Refused
from deskmate.domain.text import excerpt
from deskmate.domain.values import Wrong, text
from deskmate.domain.when import duration

AT_ONCE = timedelta(minutes=30)
"""A step takes no longer at one go, unless it is said to take more than half of that: nobody saw what came after."""
END = ""
"""In place of the key of a step: past the last one."""
SHOWN = 40
"""Characters of a step that is named."""


class WalkMode(StrEnum):
    """Who does it."""

    TOGETHER = "together"
    FOR_THEM = "for them"
    ALONE = "alone"
    """They do it by themselves."""


class WalkOutcome(StrEnum):
    """What came of it."""

    SOLVED = "solved"
    FAILED = "failed"
    STOPPED = "stopped"


class StepVerdict(StrEnum):
    """What came of a step."""

    DONE = "done"
    """They did it."""
    TOGETHER = "together"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class WalkedStep:
    """What came of one step: ``symptom`` is the branch that was taken, ``seconds`` the time it took without what
    interrupted it, ``at`` a stored instant."""

    step: str
    verdict: StepVerdict
    seconds: int
    at: str
    symptom: str = ""
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk-through with all that came of it, of ``guide`` as it was published when it began.

    ``step`` is the key of the one it is at, END past the last; ``noted`` the note on it so far. Its time runs
    since ``since``, a stored instant, and does not while that is None; ``spent`` are the seconds before. ``outcome``
    is None while it goes on.
    """

    id: int
    guide: Guide
    mode: WalkMode
    step: str
    started_at: str
    request: int | None = None
    person: int | None = None
    since: str | None = None
    spent: int = 0
    outcome: WalkOutcome | None = None
    ended_at: str | None = None
    note: str = ""
    noted: str = ""
    steps: tuple[WalkedStep, ...] = ()

    @property
    def content(self) -> Content:
        """What is walked through."""
        return self.guide.content

    @property
    def here(self) -> Step | None:
        """The step it is at; None past the last."""
        return self.content.step(self.step)

    @property
    def trail(self) -> tuple[str, ...]:
        """The steps something was said of, each once, in the order one came to them."""
        return tuple(dict.fromkeys(each.step for each in self.steps))


# --- time -----------------------------------------------------------------------------------------------------


def seconds(walk: Walk, at: str) -> int:
    """The seconds that the step it is at took until a stored instant, without what interrupted it.

    At one go that is AT_ONCE at most, or twice what the step is said to take: a lid that was shut, or an app that was
    killed, makes no hours of it. A clock that was set back makes no time.
    """
    return walk.spent + _stretch(walk, at)


def paused(walk: Walk, at: str) -> Walk:
    """The same with its time standing still."""
    return replace(walk, since=None, spent=seconds(walk, at))


def resumed(walk: Walk, at: str) -> Walk:
    """The same with its time running from now on. Where it was never stopped, nobody was there to see it."""
    if walk.outcome is not None or walk.step == END:
        return walk
    return replace(walk, since=at, spent=seconds(walk, at))


def total(walk: Walk, at: str = "") -> int:
    """The seconds of all of it; while it goes on, until ``at``."""
    running = seconds(walk, at) if at and walk.outcome is None else walk.spent
    return sum(each.seconds for each in walk.steps) + running


def _stretch(walk: Walk, at: str) -> int:
    if walk.since is None:
        return 0
    here = walk.here
    most = max(AT_ONCE, timedelta(minutes=2 * (here.minutes or 0))) if here else AT_ONCE
    passed = instant.from_text(at) - instant.from_text(walk.since)
    return int(max(timedelta(), min(passed, most)).total_seconds())


# --- going through it -----------------------------------------------------------------------------------------


def begin(guide: Guide, at: str, request: int | None, person: int | None, mode: WalkMode) -> Walk:
    """A walk-through at the first step. ``guide`` is as it was published."""
    return Walk(0, guide, mode, guide.content.steps[0].key, at, request, person, since=at)


def mark(
    walk: Walk,
    verdict: StepVerdict,
    at: str,
    note: str | None = None,
    branch: int | None = None,
    titles: Mapping[str, str] = {},
) -> Walk:
    """The walk-through after something was said of the step it is at; the last of its ``steps`` says what.

    It goes on to the next step, or along a branch, by its number: to a step, or to its end with what the branch
    says. Where a step failed and no branch says what then, it stays there. ``note`` None is what was noted so far,
    ``titles`` are those of guides by slug. Raises Refused.
    """
    step = _at_step(walk)
    if branch is not None and not 1 <= branch <= len(step.branches):
        raise Refused(f"{name_of(walk, step.key)} has no branch {branch}.", "Nothing was marked.")
    taken = step.branches[branch - 1] if branch is not None else None
    words = walk.noted if note is None else read_note(note)
    said = WalkedStep(step.key, verdict, seconds(walk, at), at, taken.symptom if taken else "", words)
    after = replace(walk, steps=(*walk.steps, said), since=at, spent=0, noted="")
    if taken is None:
        return after if verdict is StepVerdict.FAILED else _to(after, _next(walk.content, step.key))
    if taken.then is Then.STEP and walk.content.step(taken.to) is not None:
        return _to(after, taken.to)
    ends = f"{taken.symptom}: {leads(taken, walk.content, titles)}"
    return replace(after, since=None, outcome=WalkOutcome.STOPPED, ended_at=at, note=ends)


def go_to(walk: Walk, key: str, at: str) -> Walk:
    """The walk-through at another step, without a word on the one it was at.

    The time so far goes along: it counts for the step of which something is said next. Raises Refused.
    """
    if walk.outcome is not None:
        raise Refused(*_ended(walk))
    if walk.content.step(key) is None:
        raise Refused("That step is not in this guide.", "Nothing was changed.")
    if key == walk.step:
        raise Refused("It is at that step already.")
    return replace(walk, step=key, since=at, spent=seconds(walk, at), noted="")


def note_step(walk: Walk, note: str) -> Walk:
    """The walk-through with a note on the step it is at, which goes with what is said of it next."""
    _at_step(walk)
    return replace(walk, noted=read_note(note))


def finish(walk: Walk, outcome: WalkOutcome, at: str, note: str = "", mode: WalkMode | None = None) -> Walk:
    """The walk-through with what came of it. Raises Refused for one that has ended already."""
    if walk.outcome is not None:
        raise Refused(*_ended(walk))
    note = read_note(note) or walk.noted
    return replace(paused(walk, at), outcome=outcome, ended_at=at, note=note, noted="", mode=mode or how(walk))


def how(walk: Walk) -> WalkMode:
    """Who did it, by what was said of the steps: alone where all that was done they did themselves."""
    if walk.mode is not WalkMode.TOGETHER:
        return walk.mode
    verdicts = {each.verdict for each in walk.steps}
    alone = StepVerdict.DONE in verdicts and StepVerdict.TOGETHER not in verdicts
    return WalkMode.ALONE if alone else WalkMode.TOGETHER


def step_before(walk: Walk) -> str | None:
    """The key of the step one came from; None at the first."""
    return _beside(walk.trail, walk.step, -1)


def step_after(walk: Walk) -> str | None:
    """The key of the step that comes after one that something was said of already; None where nothing was."""
    if walk.step not in walk.trail:
        return None
    return _beside(walk.trail, walk.step, 1) or _next(walk.content, walk.step) or None


def read_note(typed: str) -> str:
    """A note as it is kept. Raises Refused."""
    try:
        return text(typed)
    except Wrong as wrong:
        raise Refused(f"The note can not be taken: {wrong}.") from wrong


def _beside(trail: tuple[str, ...], key: str, by: int) -> str | None:
    place = (trail.index(key) if key in trail else len(trail)) + by
    return trail[place] if 0 <= place < len(trail) else None


def _at_step(walk: Walk) -> Step:
    if walk.outcome is not None:
        raise Refused(*_ended(walk))
    here = walk.here
    if here is None:
        raise Refused("That was the last step.", "Say what came of it, or go back to one.")
    return here


def _ended(walk: Walk) -> tuple[str, str]:
    return f"This walk-through of “{walk.guide.title}” has ended.", "Undo opens it again."


def _to(walk: Walk, key: str) -> Walk:
    return replace(walk, step=key, since=None if key == END else walk.since)


def _next(content: Content, key: str) -> str:
    place = content.position(key)
    following = content.steps[place + 1 :] if place is not None else ()
    return following[0].key if following else END


# --- in words -------------------------------------------------------------------------------------------------


def leads(branch: Branch, content: Content, titles: Mapping[str, str] = {}) -> str:
    """Where a branch leads, in words: ``go to step 2``."""
    if branch.then is Then.STEP:
        place = content.position(branch.to)
        return "ask the helpdesk" if place is None else f"go to step {place + 1}"
    if branch.then is Then.GUIDE:
        return f"follow “{titles.get(branch.to, branch.to)}”"
    if branch.then is Then.CONTACT:
        return f"ask {branch.to or 'the helpdesk'}"
    return f"stop: {branch.to}" if branch.to else "stop"


def name_of(walk: Walk, key: str) -> str:
    """A step by its number and how it begins: ``2 Type your name``."""
    place, step = walk.content.position(key), walk.content.step(key)
    if place is None or step is None:
        return "a step that is gone"
    return f"{place + 1} {excerpt(_one_line(step.action or step.where), SHOWN)}".rstrip(" .")


def place_text(walk: Walk) -> str:
    """How far it is: ``step 3 of 8``."""
    if walk.outcome is not None:
        return str(walk.outcome)
    place = walk.content.position(walk.step)
    whole = len(walk.content.steps)
    return f"past step {whole} of {whole}" if place is None else f"step {place + 1} of {whole}"


def said(walk: Walk) -> str:
    """All of it in a line: ``Connect to the VPN, step 3 of 8``."""
    return f"{walk.guide.title}, {place_text(walk)}"


def failed_text(walk: Walk) -> str:
    """The steps that failed, by their numbers: ``steps 2 and 4 failed``; empty where none did."""
    keys = dict.fromkeys(each.step for each in walk.steps if each.verdict is StepVerdict.FAILED)
    places = sorted(place + 1 for key in keys if (place := walk.content.position(key)) is not None)
    return f"step{'s' if len(places) > 1 else ''} {listed(places)} failed" if places else ""


def result_text(walk: Walk) -> str:
    """What came of one that has ended: ``“Connect to the VPN”: solved in 12 min, step 2 failed. It hung``."""
    parts = [f"“{walk.guide.title}”: {walk.outcome} after {took_text(total(walk))}", failed_text(walk)]
    line = ", ".join(filter(None, parts))
    return f"{line}. {_one_line(walk.note)}" if walk.note else line


def step_text(walk: Walk, entry: WalkedStep) -> str:
    """What came of a step with why: ``2 Type your name: It says the code is wrong. The old one``."""
    why = ". ".join(filter(None, (entry.symptom, _one_line(entry.note))))
    return f"{name_of(walk, entry.step)}{f': {why}' if why else ''}"


def resolution(walk: Walk) -> str:
    """What solved a request, where this did."""
    who = {WalkMode.ALONE: "they did it themselves", WalkMode.FOR_THEM: "done for them"}.get(walk.mode, "together")
    return f"Guide “{walk.guide.title}”, {who}"


def took_text(count: int) -> str:
    """Seconds as one says them: ``40 s``, ``12 min``."""
    return f"{count} s" if count < 60 else duration(round(count / 60))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def listed(numbers: Iterable[int]) -> str:
    """``2, 3 and 5``."""
    *rest, last = map(str, numbers)
    return f"{', '.join(rest)} and {last}" if rest else last
