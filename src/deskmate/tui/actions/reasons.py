"""Why an action can do nothing now: one answer for a pressed key, for the help and for the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from deskmate.domain import row as at
from deskmate.domain.row import Row, label
from deskmate.tui.gateway import READ_ONLY

Why = Callable[[Row], str]
"""Why something can not be done to the request of this row; empty when it can."""

WRITING = "first leave what you are writing; esc keeps it"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an action needs: requests to work on (``verb`` says it in a sentence), each with no ``why`` against it.

    ``reads``: it changes nothing, so that a window that only reads can do it, too.
    """

    verb: str
    why: Why | None = None
    reads: bool = False


def reason_against(rule: Rule, rows: Iterable[Row], *, read_only: bool) -> str:
    """Why the action of ``rule`` can do nothing to the requests of ``rows``; empty when it can to at least one."""
    if read_only and not rule.reads:
        return READ_ONLY
    reasons: list[str] = []
    count = 0
    for row in rows:
        count += 1
        reason = rule.why(row) if rule.why else ""
        if not reason:
            return ""
        reasons.append(f"{label(row[at.NUMBER])}: {reason}")
    if not count:
        return f"nothing to {rule.verb} here: the list is empty"
    return reasons[0] if count == 1 else f"none of the {count} can be: {reasons[0]}"
