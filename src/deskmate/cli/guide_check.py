"""``guide check``: what a lay person may stumble over, and whether a guide is still true."""

from __future__ import annotations

from dataclasses import asdict

from deskmate.cli.desks import reading
from deskmate.cli.guides import the_guide
from deskmate.cli.output import say, say_json
from deskmate.domain import local
from deskmate.domain.guide_check import check as findings
from deskmate.errors import DONE
from deskmate.store.read import guides, hours
from deskmate.store.read.true_guides import glossary, to_look_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said


def check(said: Said, folder: str) -> int:
    """Each thing with its reason, by step."""
    found = the_guide(said, folder, " ".join(said.words))
    with reading(folder) as conn:
        today = local.now().astimezone(hours.calendar(conn).zone).date().isoformat()
        stale = to_look_at(conn, today).get(found.id, ())
        advice = findings(found.content, glossary(conn), guides.titles(conn, found.content.audience))
    if said.has("--json"):
        say_json({"to_look_at": list(stale), "findings": [asdict(each) for each in advice]})
        return DONE
    for reason in stale:
        say(reason)
    for each in advice:
        where = f"{each.where}: " if each.where else ""
        say(f"{'keeps it back: ' if each.leaks else ''}{where}{each.text}. {each.reason}")
    if not stale and not advice:
        say("plain enough")
    return DONE
