"""``guide walks``: what has become of a guide, in figures and one by one."""

from __future__ import annotations

from deskmate.cli.desks import reading
from deskmate.cli.guides import the_guide
from deskmate.cli.output import narrate, say, say_json
from deskmate.domain import local
from deskmate.domain import walk as rules
from deskmate.domain.due import happened_text
from deskmate.domain.guide_record import lines
from deskmate.domain.row import label
from deskmate.domain.text import safe
from deskmate.errors import DONE
from deskmate.store.read import people, walks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.guide import Guide
    from deskmate.domain.guide_record import Figures
    from deskmate.domain.walk import Walk
    from deskmate.store.read.budget import Connection


def show(said: Said, folder: str) -> int:
    """The figures, and each walk-through, the newest first."""
    guide = the_guide(said, folder, " ".join(said.words))
    with reading(folder) as conn:
        if conn is None:
            return DONE
        found, all_ = walks.figures(conn, guide.id), walks.of_guide(conn, guide.id)
        who = {each.id: _who(conn, each) for each in all_}
    if said.has("--json"):
        say_json(_json(guide, found, all_, who))
        return DONE
    say(safe(guide.title))
    for line in lines(found):
        say(f"  {line}")
    now = local.now()
    for each in all_:
        said_of = [
            happened_text(each.started_at, now),
            label(each.request) if each.request is not None else "",
            who[each.id],
            f"goes on, {rules.place_text(each)}" if each.outcome is None else str(each.outcome),
            rules.took_text(rules.total(each)),
            rules.failed_text(each),
        ]
        say(f"  {safe('  '.join(filter(None, said_of)))}")
    if not all_:
        narrate("Nobody has walked through it yet: W on a request does.")
    return DONE


def _who(conn: Connection, walk: Walk) -> str:
    person = people.person(conn, walk.person) if walk.person is not None else None
    return person.name if person else ""


def _json(guide: Guide, found: Figures, all_: tuple[Walk, ...], who: dict[int, str]) -> dict[str, Any]:
    return {
        "id": guide.id,
        "title": guide.title,
        "used": found.used,
        "solved": found.solved,
        "median_seconds": found.seconds,
        "estimate_minutes": found.estimate,
        "steps": [
            {"number": each.number, "action": each.action, "came": each.came, "failed": each.failed}
            for each in found.steps
        ],
        "walks": [
            {
                "request": label(each.request) if each.request is not None else None,
                "person": who[each.id] or None,
                "how": each.mode.value,
                "outcome": each.outcome.value if each.outcome else None,
                "started_at": each.started_at,
                "ended_at": each.ended_at,
                "seconds": rules.total(each),
                "note": each.note or None,
                "steps": [_step(each, entry) for entry in each.steps],
            }
            for each in all_
        ],
    }


def _step(walk: Walk, entry: rules.WalkedStep) -> dict[str, Any]:
    place = walk.content.position(entry.step)
    return {
        "number": None if place is None else place + 1,
        "verdict": entry.verdict.value,
        "seconds": entry.seconds,
        "at": entry.at,
        "symptom": entry.symptom or None,
        "note": entry.note or None,
    }
