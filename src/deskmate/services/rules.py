"""What breaks through do-not-disturb, edited in the app."""

from __future__ import annotations

from typing import Any

from deskmate.domain.breakthrough import Rule, problems
from deskmate.domain.channel import Channel
from deskmate.domain.commands import Outcome, RemoveRule, SaveRule
from deskmate.domain.request import Refused
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.domain.values import WrongValues
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store import hold
from deskmate.store.write.tables import RuleRow
from deskmate.store.write.unit_of_work import UnitOfWork


def save(workspace: Workspace, command: SaveRule, draft: str = "") -> Outcome:
    """Save a rule at its place. Raises WrongValues for one that can not be, never or always decides."""
    rule = Rule(
        command.id or 0,
        clean(command.title)[0][:NAME_LIMIT],
        command.kind,
        command.channel or None,
        clean(command.words)[0],
        command.minutes,
        command.passes,
    )
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.id) if command.id is not None else None
        others = [each for each in hold.rules(work.conn) if each.id != rule.id]
        place = max(0, min(command.position - 1, len(others)))
        wrong = problems(rule, others[:place], list(Channel), others[place:])
        if wrong:
            raise WrongValues(wrong)
        values: dict[str, Any] = {
            "name": rule.name,
            "kind": rule.kind,
            "channel": rule.channel,
            "words": rule.words,
            "minutes": rule.minutes,
            "passes": rule.passes,
            "position": place + 1,
        }
        changed = True
        if row is None:
            work.add(RuleRow(**values))
        else:
            changed = work.edit(row, **values)
        for position, other in enumerate((*others[:place], rule, *others[place:]), 1):
            if other is not rule:
                changed |= work.edit(_row(work, other.id), position=position)
        if not changed:
            raise Refused(f"“{rule.name}” is like that already.")
        work.drop_draft(draft)
        what = f"saved the rule “{rule.name}”"
        seq = work.finish(what)
    return Outcome(seq, what, ())


def remove(workspace: Workspace, command: RemoveRule, draft: str = "") -> Outcome:
    """Take a rule off the list."""
    return dropping.take_off(workspace, command, draft, lambda work: _row(work, command.id), "removed the rule “{}”")


def _row(work: UnitOfWork, key: int) -> RuleRow:
    row = work.get(RuleRow, key)
    if row is None:
        raise Refused("This rule is not there any more.")
    return row
