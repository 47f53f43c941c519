"""A child that is killed again and again: run as a program, it prints what came of it as JSON.

    python kill_rounds.py SOURCE FOLDER ROUNDS SEED captures|commands

One process with one thread, which forks a child for each round; so a round costs a few milliseconds
and thousands are possible. The child acknowledges what it saved through a pipe, only after the save.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys


def main(source: str, folder: str, rounds: int, seed: int, kind: str) -> None:
    """Kill ``rounds`` children and look at the folder after each."""
    sys.path.insert(0, source)
    if kind == "commands":  # imported once, before the children are made
        from deskmate.services import dispatch  # noqa: F401
        from deskmate.store.write import unit_of_work  # noqa: F401
    chance = random.Random(seed)
    found = {"rounds": rounds, "acknowledged": 0, "lost": 0, "unsound": [], "unheard": 0, "hot": 0}
    seen: set[int] = set()
    for turn in range(rounds):
        acknowledged = round_of(folder, kind, chance)
        path = os.path.join(folder, "deskmate.db")
        found["hot"] += os.path.exists(path + "-wal") and os.path.getsize(path + "-wal") > 0
        if not os.path.exists(path):
            found["lost"] += len(acknowledged)
            continue
        found["acknowledged"] += len(acknowledged)
        stored, faults = look(path, kind, thorough=turn % 10 == 0 or turn == rounds - 1)
        found["lost"] += len(acknowledged - stored) + len(seen - stored)
        found["unheard"] += len(stored - seen - acknowledged)
        found["unsound"] += [f"round {turn}: {fault}" for fault in faults]
        seen = stored
    print(json.dumps(found))  # noqa: T201 - this is the answer


def round_of(folder: str, kind: str, chance: random.Random) -> set[int]:
    """One child, killed at a random moment; what it had acknowledged."""
    enough, spin = chance.randrange(1, 25), chance.randrange(60_000)
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            work(folder, kind, said)
        finally:
            os._exit(3)
    os.close(said)
    data = b""
    while data.count(b"\n") < enough and (piece := os.read(heard, 4096)):
        data += piece
    for _ in range(spin):  # lands anywhere in the saves that follow
        pass
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while piece := os.read(heard, 4096):
        data += piece
    os.close(heard)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the child ended by itself: {status}")
    return {int(number) for number in data.split(b"\n")[:-1]}


def work(folder: str, kind: str, said: int) -> None:
    """Save for ever, and say each number once it is saved."""
    from deskmate.domain.capture import Capture
    from deskmate.services.desk import Desk

    desk = Desk(folder, actor="child")
    count = 0
    while True:
        count += 1
        capture = Capture(f"request {count}")
        capture.title = capture.raw
        capture.new_tags = (f"tag{count % 5}",)
        number = desk.capture(capture, body="what came in " * (count % 40))
        if kind == "captures":
            os.write(said, b"%d\n" % number)
            continue
        from deskmate.domain import commands

        for command in (
            commands.AddNote((number,), "a note"),
            commands.Resolve((number,), "a cable"),
            commands.Undo(),
            commands.Redo(),
        ):
            os.write(said, b"%d\n" % desk.run(command).seq)
        taken = desk.run(commands.TakeNow(capture, "", "{}"))
        os.write(said, b"%d\n" % taken.seq)
        os.write(said, b"%d\n" % desk.run(commands.BackTo(taken.made)).seq)


def look(path: str, kind: str, *, thorough: bool) -> tuple[set[int], list[str]]:
    """The numbers that are stored, and what is wrong with the file."""
    from deskmate.store import journal, search

    conn = sqlite3.connect(path, isolation_level=None)
    faults = []
    if thorough:
        answer = conn.execute("PRAGMA integrity_check").fetchall()
        if answer != [("ok",)]:
            faults.append(f"integrity: {answer[:2]}")
        if conn.execute("PRAGMA foreign_key_check").fetchall():
            faults.append("a row points nowhere")
        if journal.first_broken(conn) is not None:
            faults.append("the chain is broken")
        if search.differs(conn):
            faults.append("search differs")
    # Half a command would show as a request without its original, journal row or event.
    counts = conn.execute(
        "SELECT (SELECT count(*) FROM request), (SELECT count(*) FROM intake),"
        " (SELECT count(*) FROM journal WHERE command IN ('capture', 'take')),"
        " (SELECT count(*) FROM event WHERE kind = 'captured'),"
        " (SELECT count(*) FROM request_fts)"
    ).fetchone()
    if len(set(counts)) != 1:
        faults.append(f"half a capture: {counts}")
    taken, frames, begun, pieces, running = conn.execute(
        "SELECT (SELECT count(*) FROM journal WHERE command = 'take'), (SELECT count(*) FROM stack_frame),"
        " (SELECT count(*) FROM event WHERE kind = 'focus' AND new = 'runs'), (SELECT count(*) FROM piece),"
        " (SELECT count(*) FROM piece WHERE ends IS NULL)"
    ).fetchone()
    if taken != frames or begun != pieces or running > 1:
        faults.append(f"half an interruption: {(taken, frames, begun, pieces, running)}")
    rows = conn.execute("SELECT id FROM request" if kind == "captures" else "SELECT seq FROM journal")
    stored = {number for (number,) in rows}
    conn.close()
    return stored, faults


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
