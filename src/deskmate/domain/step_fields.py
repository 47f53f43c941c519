"""The texts of a step, each by a name: what can be typed into, in the order in which one comes to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deskmate.domain.guide import MOST_MINUTES, Content, Step, tidy_step
from deskmate.domain.values import Wrong

ACTION, NOTE = "action", "note"
TEXTS = (ACTION, "where", "expect", "detail", "minutes", NOTE)
LINES = ("where", "minutes")
"""Those of one line; what is said of a picture is one line, too."""
ALT = "alt:"
"""Begins the name of what is said of a picture; its key follows."""


def names(step: Step) -> tuple[str, ...]:
    """All that can be typed into."""
    return (*TEXTS, *(f"{ALT}{picture.key}" for picture in step.pictures))


def is_line(name: str) -> bool:
    """Whether it is one line."""
    return name in LINES or name.startswith(ALT)


def value(step: Step, name: str) -> str:
    """What it says; empty for what is not there."""
    if name.startswith(ALT):
        return next((each.alt for each in step.pictures if each.key == name.removeprefix(ALT)), "")
    if name == "minutes":
        return str(step.minutes or "")
    return str(getattr(step, name))


def typed(step: Step, name: str, text: str) -> Step:
    """The step with another text there, cleaned as it is kept. Raises Wrong for minutes that are none."""
    if name.startswith(ALT):
        key = name.removeprefix(ALT)
        pictures = tuple(replace(each, alt=text) if each.key == key else each for each in step.pictures)
        return tidy_step(replace(step, pictures=pictures))
    if name == "minutes":
        return replace(step, minutes=_minutes(text))
    said: dict[str, Any] = {name: text}
    return tidy_step(replace(step, **said))


def ends(action: str) -> list[int]:
    """Where an action can be split: behind each line and each sentence but the last."""
    found: list[int] = []
    for at, char in enumerate(action[:-1], start=1):
        ends_here = char == "\n" or (char in ".!?" and action[at] == " ")
        if (
            ends_here
            and action[:at].strip()
            and action[at:].strip()
            and not action[found[-1] if found else 0 : at].isspace()
        ):
            found.append(at)
    return found


def where_changed(before: Content, after: Content) -> str | None:
    """The key of the step that a change shows at; None where no step changed.

    That is the first step that is new; else the one above the first that went; else the first that says something
    else, and last the one that was moved.
    """
    old = {step.key: place for place, step in enumerate(before.steps)}
    new = {step.key: place for place, step in enumerate(after.steps)}
    if before.steps == after.steps or not new:
        return None
    changed = [step.key for step in after.steps if step.key not in old or before.steps[old[step.key]] != step]
    added = [key for key in changed if key not in old]
    gone = [place for key, place in old.items() if key not in new]
    if added:
        return added[0]
    if gone:
        return before.steps[gone[0] - 1].key if gone[0] else after.steps[0].key
    return changed[0] if changed else max(new, key=lambda key: abs(new[key] - old[key]))


def _minutes(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= MOST_MINUTES:
        raise Wrong(f"minutes are a number from 1 to {MOST_MINUTES:,}")
    return int(text)
