"""The power goes at any moment: what was acknowledged is there, and the file is whole."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from deskmate.paths import database
from deskmate.store import capture, connection, journal, migrate, search
from tests.support.desks import line, opened, ticking
from tests.support.power import Connection, Recorder, disk_after, lay_down

CAPTURES = 60


class Recording:
    """Captures through the store's own functions, and every write and sync they caused."""

    def __init__(self, folder: Path, mode: str, synchronous: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(migrate, "journal_mode", lambda _folder: mode)
        with opened(folder) as desk:
            assert desk.writer.conn.execute("PRAGMA journal_mode").fetchone() == (mode,)
        self.path = database(str(folder))
        self.before = {self.path: Path(self.path).read_bytes()}
        recorder = Recorder(f"recorder-{folder}")
        conn: Any = Connection(self.path, f"recorder-{folder}")
        connection.configure(conn)
        if synchronous:
            conn.execute(f"PRAGMA synchronous = {synchronous}").fetchall()
        conn.execute("PRAGMA wal_autocheckpoint = 60").fetchall()  # so that there are many within one run
        clock = ticking()
        chance = random.Random(1)
        self.acknowledged: list[tuple[int, int]] = []  # how many steps there were when a number was said
        for number in range(1, CAPTURES + 1):
            connection.begin(conn)
            made = capture.add(
                conn,
                line(f"request {number}", new_tags=(f"t{number % 7}",), done=number % 3 == 0),
                at=clock(),
                actor="test",
                body="words " * chance.randrange(400),
            )
            conn.execute("COMMIT")
            assert made == number
            self.acknowledged.append((len(recorder.steps), number))
        self.steps = list(recorder.steps)
        conn.close()
        recorder.unregister()

    def cut(self, chance: random.Random, target: str) -> tuple[int, str, int]:
        """One power cut: how many were acknowledged, how the file is, and how many are in it."""
        moment = chance.randrange(len(self.steps) + 1)
        said = max((number for steps, number in self.acknowledged if steps <= moment), default=0)
        lay_down(disk_after(self.before, self.steps[:moment], chance), self.path, target)
        conn = sqlite3.connect(target, isolation_level=None)
        try:
            health = conn.execute("PRAGMA integrity_check").fetchone()[0]
            counts = conn.execute(
                "SELECT (SELECT count(*) FROM request), (SELECT coalesce(max(id), 0) FROM request),"
                " (SELECT count(*) FROM journal), (SELECT count(*) FROM intake),"
                " (SELECT count(DISTINCT request_id) FROM event), (SELECT count(*) FROM request_fts)"
            ).fetchone()
            if len(set(counts)) != 1:
                health = f"half a capture: {counts}"
            elif chance.random() < 0.1 and (search.differs(conn) or journal.first_broken(conn) is not None):
                health = "search or chain"
        except sqlite3.DatabaseError as error:
            return said, str(error), 0
        finally:
            conn.close()
        return said, health, counts[0]


def outcomes(recording: Recording, states: int, target: Path) -> tuple[list[str], int, int]:
    """What was wrong, how many states lost something acknowledged, and how many in all were cut within a save."""
    chance = random.Random(2)
    faults, lost, between = [], 0, 0
    for _ in range(states):
        said, health, kept = recording.cut(chance, str(target))
        if health != "ok":
            faults.append(health)
        lost += kept < said
        between += kept > said or health != "ok"
    return faults, lost, between


@pytest.mark.parametrize("mode", ["wal", "delete"])
@pytest.mark.parametrize("states", [150, pytest.param(2_000, marks=pytest.mark.prove)])
def test_no_power_cut_loses_what_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, states: int
) -> None:
    recording = Recording(tmp_path / "data", mode, None, monkeypatch)
    written = {step.path.removeprefix(recording.path) for step in recording.steps if step.kind == "write"}
    assert written == {"", "-wal" if mode == "wal" else "-journal"}, "else no checkpoint or journal was cut"
    faults, lost, between = outcomes(recording, states, tmp_path / "found.db")
    print(f"{mode}: {states} states, {len(faults)} unsound, {lost} lost, {between} cut after the commit")  # noqa: T201
    assert (faults, lost) == ([], 0)


def test_with_less_care_a_power_cut_would_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = Recording(tmp_path / "normal", "wal", "NORMAL", monkeypatch)
    faults, lost, _ = outcomes(recording, 80, tmp_path / "normal.db")
    assert faults == []
    assert lost > 20, "synchronous = NORMAL loses the last saves, or this simulation shows nothing"
    recording = Recording(tmp_path / "off", "wal", "OFF", monkeypatch)
    faults, lost, _ = outcomes(recording, 80, tmp_path / "off.db")
    assert len(faults) > 5, "synchronous = OFF breaks files, or this simulation shows nothing"
