"""Undo and redo: one line of history for a folder, shared by the app and the shell, kept over restarts."""

from __future__ import annotations

from typing import Any

from deskmate.domain.commands import Outcome, Redo, Undo
from deskmate.domain.row import label
from deskmate.errors import DeskmateError
from deskmate.services.workspace import Workspace
from deskmate.store import bulk, bulk_people, journal


class NothingLeft(DeskmateError):
    """There is nothing to undo or redo."""


def undo(workspace: Workspace, command: Undo, draft: str = "") -> Outcome:
    """Take back the newest command that still counts, or that of one request.

    Raises NothingLeft, and DeskmateError when a request was changed since by a later command.
    """
    conn = workspace.writer.conn
    target = journal.to_undo(conn, command.request)
    if target is None:
        which = f" on {label(command.request)}" if command.request else ""
        raise NothingLeft(f"There is nothing to undo{which}.")
    if command.seq is not None and command.seq != target:
        raise DeskmateError("Something else was done meanwhile.", "Nothing was undone; ask again.")
    return _turn(workspace, target, back=True)


def redo(workspace: Workspace, command: Redo, draft: str = "") -> Outcome:
    """Bring back what was undone last. Raises NothingLeft after any new command."""
    target = journal.to_redo(workspace.writer.conn)
    if target is None:
        raise NothingLeft("There is nothing to redo.")
    return _turn(workspace, target, back=False)


def _turn(workspace: Workspace, target: int, *, back: bool) -> Outcome:
    word = "undo" if back else "redo"
    payload = journal.payload(workspace.writer.conn, target)
    if payload is None:
        raise DeskmateError(f"What is needed to {word} this was erased.", "Nothing was changed.")
    said = f"{'undid' if back else 'redid'}: {payload['label']}"
    if "created" in payload:
        return _turn_import(workspace, target, payload, said, back=back)
    if "people" in payload:
        return _turn_people(workspace, target, payload, said, back=back)
    with workspace.unit_of_work(word) as work:
        _check_target(journal.is_undone(work.conn, target), back=back)
        touched = work.restore(payload, undo=back)
        if work.retracted:
            said += "; it had left already, so it stays and is marked retracted"
        if held := work.hold_again(target):
            said += f"; {len(held):,} held again"
            touched += held
        seq = work.finish(said, undoes=target if back else None, redoes=None if back else target)
    return Outcome(seq, said, tuple(touched))


def _turn_import(workspace: Workspace, target: int, payload: dict[str, Any], said: str, *, back: bool) -> Outcome:
    word = "undo" if back else "redo"
    at = workspace.clock()
    with workspace.writer.transaction() as conn:
        _check_target(journal.is_undone(conn, target), back=back)
        moved, left = (bulk.undo if back else bulk.redo)(conn, target, payload, at)
        seq = journal.append(conn, word, {"label": said, "changes": []}, actor=workspace.actor, at=at)
        kind = "undone" if back else "redone"
        journal.add_events(conn, seq, ((number, at, kind, None, None) for number in moved))
        journal.set_undone(conn, target, seq if back else None)
    kept = tuple(f"{label(number)} was changed since and stays as it is." for number in left)
    return Outcome(seq, said, tuple(moved), kept)


def _turn_people(workspace: Workspace, target: int, payload: dict[str, Any], said: str, *, back: bool) -> Outcome:
    with workspace.writer.transaction() as conn:
        _check_target(journal.is_undone(conn, target), back=back)
        left = (bulk_people.undo if back else bulk_people.redo)(conn, target, payload)
        done = {"label": said, "changes": []}
        seq = journal.append(conn, "undo" if back else "redo", done, actor=workspace.actor, at=workspace.clock())
        journal.set_undone(conn, target, seq if back else None)
    return Outcome(seq, said, (), tuple(f"{name} was changed since and stays as it is." for name in left))


def _check_target(undone: bool, *, back: bool) -> None:
    """Another window may have been quicker between the look and the lock."""
    if undone is back:
        raise DeskmateError(f"Somebody else just {'undid' if back else 'redid'} this.", "Nothing was changed.")
