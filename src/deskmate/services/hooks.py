"""Hooks: programs are told what the door says, once it has said so for a few seconds.

What they are told is what they were not told last, so it does not matter who looks: the app that saw a change, a
child that a shell word left behind, or the app that is started after both. Of several one gets to tell.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace

from deskmate.domain import instant
from deskmate.domain.hook import LIMIT
from deskmate.domain.public import outward
from deskmate.domain.sign import SignState, as_json, sign_at
from deskmate.services import programs
from deskmate.services.workspace import Workspace
from deskmate.store import fired, log
from deskmate.store.read import sign as stored


def claim(workspace: Workspace, standing: str = "") -> SignState | None:
    """What the hooks have to be told now; None when they know it already.

    ``standing`` is what it has to be still, by ``mark``; anything when it is empty. Who gets it has to tell them.
    """
    with workspace.writer.transaction() as conn:
        at = workspace.clock()
        board = stored.board(conn, at)
        found = sign_at(instant.from_text(at), board)
        if standing and mark(found) != standing:
            return None
        by_hours = sign_at(instant.from_text(at), replace(board, overrides=()))
        return found if fired.hook(conn, mark(found), at, usual=mark(found) == mark(by_hours)) else None


def mark(sign: SignState) -> str:
    """What makes a change: another state, another end, other public words."""
    until = "" if sign.until is None else instant.to_text(sign.until)
    return f"{sign.state} {until} {sign.reason_public}"


@outward
def tell(commands: Sequence[Sequence[str]], sign: SignState, folder: str) -> None:
    """Run the hooks one after the other, the sign as JSON on their standard input. Never raises for what they do.

    How each ended is in the log of the folder, without what was told.
    """
    said = as_json(sign)
    env = {
        "DESKMATE_STATE": str(said["state"]),
        "DESKMATE_UNTIL": str(said["until"] or ""),
        "DESKMATE_NEXT_OPEN": str(said["next_open"] or ""),
    }
    for number, command in enumerate(commands, 1):
        with tempfile.TemporaryFile() as given:
            given.write(json.dumps(said, ensure_ascii=False).encode())
            given.seek(0)
            try:
                code, _words = programs.finished(command, given.fileno(), LIMIT, env=env)
                ended = f"ended with {code}"
            except programs.NotRun as error:
                ended = error.message
        log.append(folder, f"availability hook {number} of {len(commands)}: {ended}")
