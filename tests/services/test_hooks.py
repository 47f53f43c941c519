"""Hooks: told once of each change that stands, by whoever sees it first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.cli import hooked
from deskmate.domain import hook, instant
from deskmate.domain.commands import SetAvailability, Undo
from deskmate.domain.hours import State
from deskmate.services import hooks, programs
from deskmate.services.desk import Desk
from tests.support.desks import looking

START = datetime(2026, 11, 20, 9, tzinfo=UTC)  # a Friday, ten by the local clock, open from nine to five


class Now:
    moment = START

    def __call__(self) -> str:
        return instant.to_text(self.moment)


@pytest.fixture
def clock() -> Now:
    return Now()


@pytest.fixture
def desk(tmp_path: Path, clock: Now) -> Iterator[Desk]:
    desk = Desk(str(tmp_path), actor="test", clock=clock)
    yield desk
    desk.close()


def claimed(desk: Desk, standing: str = "") -> str | None:
    found = hooks.claim(desk, standing)
    return found and str(found.state)


def test_each_change_is_told_once_and_a_slip_never(desk: Desk, clock: Now) -> None:
    desk.run(SetAvailability(State.DND))
    desk.run(Undo())
    assert claimed(desk) is None, "also when nothing was ever told"
    desk.run(SetAvailability(State.DND))
    desk.run(Undo())
    assert claimed(desk) is None
    desk.run(SetAvailability(State.DND))
    assert [claimed(desk), claimed(desk)] == ["DND", None]
    desk.run(SetAvailability(State.DND, instant.to_text(START + timedelta(hours=2))))
    assert claimed(desk) == "DND", "it lasts longer now"
    clock.moment += timedelta(hours=2)
    assert [claimed(desk), claimed(desk)] == ["OPEN", None], "the door may say again what it said before"
    with looking(desk.folder) as conn:
        assert conn.execute("SELECT count(*) FROM fired").fetchone() == (1,)


def test_what_a_child_waited_for_has_to_stand_still(desk: Desk) -> None:
    desk.run(SetAvailability(State.DND))
    standing = hooks.mark(hooks.sign_at(START, hooks.stored.board(desk.writer.conn, desk.clock())))
    desk.run(SetAvailability(State.AWAY))
    assert claimed(desk, standing) is None
    desk.run(Undo())
    assert claimed(desk, standing) == "DND"


def test_a_hook_gets_json_and_the_environment_and_five_seconds(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run(SetAvailability(State.AWAY, public="with a colleague", private="the interview"))
    sign = hooks.claim(desk)
    assert sign is not None
    names = "('DESKMATE_STATE', 'DESKMATE_UNTIL', 'DESKMATE_NEXT_OPEN')"
    said = f"sys.stdin.read() + chr(10) + repr([os.environ[name] for name in {names}])"
    code = f"import os, sys; open(sys.argv[1], 'w').write({said})"
    monkeypatch.setattr(hooks, "LIMIT", 0.2)
    slow = (sys.executable, "-c", "input(); import time; time.sleep(60)")
    hooks.tell([("no such program",), slow], sign, desk.folder)
    monkeypatch.setattr(hooks, "LIMIT", 60.0)
    hooks.tell([(sys.executable, "-c", code, str(tmp_path / "out"))], sign, desk.folder)
    said, env = (tmp_path / "out").read_text(encoding="utf-8").split("\n")
    told = json.loads(said)
    assert (told["state"], told["until"]) == ("AWAY", "2026-11-20T09:45:00.000Z")
    assert env == repr(["AWAY", "2026-11-20T09:45:00.000Z", told["next_open"]])
    assert "interview" not in said
    log = (tmp_path / "deskmate.log").read_text(encoding="utf-8").splitlines()
    assert [line.partition(" ")[2] for line in log] == [
        "availability hook 1 of 2: no such program was not found.",
        f"availability hook 2 of 2: {Path(sys.executable).name} did not end within 0.2 s and was stopped.",
        "availability hook 1 of 1: ended with 0",
    ]


def test_the_shell_leaves_a_child_behind_that_tells_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = tmp_path / "desk", tmp_path / "out"
    code = f"import sys; open({str(out)!r}, 'a').write(sys.stdin.read())"
    config = tmp_path / "config.toml"
    config.write_text(f"[hooks]\navailability = {json.dumps([[sys.executable, '-c', code]])}\n", encoding="utf-8")
    monkeypatch.setenv("DESKMATE_CONFIG", str(config))
    monkeypatch.setattr(hook, "WAIT", 0.0)
    started: list[list[str]] = []
    monkeypatch.setattr(programs, "detach", started.append)
    desk = Desk(str(folder), actor="shell")
    desk.run(SetAvailability(State.DND))
    hooked.follow(str(folder))
    ((python, *words),) = started
    assert (python, words[:2]) == (sys.executable, ["-m", "deskmate.cli.hooked"])
    for _ in range(2):
        hooked.main(*words[2:])
    assert json.loads(out.read_text(encoding="utf-8"))["state"] == "DND", "once, whoever asks again"
    desk.run(SetAvailability(State.AWAY))
    hooked.follow(str(folder))
    desk.run(Undo())
    hooked.main(*started[1][3:])
    assert json.loads(out.read_text(encoding="utf-8"))["state"] == "DND", "what was undone is told to nobody"
    desk.close()
    config.write_text("", encoding="utf-8")
    hooked.follow(str(folder))
    assert len(started) == 2, "off unless somebody says so"
