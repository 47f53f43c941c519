"""What a command on the shell costs, beside Python itself and beside taskwarrior."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import data
from bench.figure import DESKMATE, Figure, Run, environment, middle, milliseconds

FLOOR = [sys.executable, "-c", "import sqlite3"]
SMALLEST = data.Scale("100", 100)
WORD = "scanner"
TURNS = 4
"""Commands are quick and the machine is not quiet: each round runs each of them so often."""

Command = tuple[Sequence[str], Mapping[str, str]]


def shell(run: Run) -> list[Figure]:
    """``add``, ``list`` and ``next`` in the default folder, beside an interpreter that imports sqlite3."""
    desks = {size.name: data.desk(run.data, size) for size in (SMALLEST, *run.sizes)}
    commands: dict[tuple[str, str], Command] = {("", ""): (FLOOR, environment())}
    for name, folder in desks.items():
        for word in ("add", "list", "next"):
            said = [word, "printer offline in room 214"] if word == "add" else [word]
            commands[word, name] = ([*DESKMATE, *said], environment(folder))
    times = _interleaved(commands, run.rounds * TURNS)
    floor = middle(times["", ""])
    found = [
        Figure(
            "shell", f"deskmate {word}, {name}", "import sqlite3", middle(taken) / floor, 2 if word == "add" else 4,
            note=milliseconds(middle(taken)),
        )
        for (word, name), taken in times.items()
        if word
    ]  # fmt: skip
    large = run.sizes[-1].name
    ratio = middle(times["add", large]) / middle(times["add", SMALLEST.name])
    found.append(Figure("shell", f"deskmate add, {large}", f"deskmate add, {SMALLEST.name}", ratio, 1.15))
    return found


def taskwarrior(run: Run) -> list[Figure]:
    """list and search among 10k, add to 100k: each once with all of them open and once with a fifth."""
    if shutil.which("task") is None:
        what = "list and search at 10k, add at 100k"
        return [Figure("taskwarrior", what, "taskwarrior", None, note="task is not installed here")]
    middling = data.scale("1k" if run.quick else "10k")
    large = data.scale("1k" if run.quick else "100k")
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(dir=run.data) as folder:
        for share, words in ((1.0, "all open"), (data.OPEN, "a fifth open")):
            commands: dict[tuple[str, str], Command] = {}
            for size, names in ((middling, ("list", "search")), (large, ("add",))):
                desk = data.desk(run.data, size, share)
                task = _tasks(Path(folder) / f"{size.name}-{share}-{names[0]}", size.requests, share)
                for name in names:
                    commands[name, "deskmate"] = ([*DESKMATE, *_DESKMATE[name]], environment(desk))
                    commands[name, "task"] = (["task", *_TASK[name]], environment() | {"TASKDATA": str(task), **_RC})
            times = _interleaved(commands, run.rounds)
            for name, size, goal in (("list", middling, 0.4), ("search", middling, 0.4), ("add", large, 0.3)):
                own, other = middle(times[name, "deskmate"]), middle(times[name, "task"])
                note = f"{milliseconds(own)} and {milliseconds(other)}"
                what = f"{name}, {size.name}, {words}"
                aim = None if run.quick else goal
                found.append(Figure("taskwarrior", what, f"task, {size.name}", own / other, aim, note=note))
    return found


_DESKMATE = {
    "list": ["list", "--limit", "50"],
    "search": ["list", WORD, "--limit", "50"],
    "add": ["add", "printer offline in room 214"],
}
_TASK = {
    "list": ["limit:50", "list"],
    "search": ["rc.search.case.sensitive=no", f"/{WORD}/", "limit:50", "all"],
    "add": ["add", "printer offline"],
}
_RC = {"TASKRC": "/dev/null"}


def _interleaved(commands: Mapping[tuple[str, str], Command], rounds: int) -> dict[tuple[str, str], list[float]]:
    """Seconds of each command, one after the other in every round; a first round is not counted."""
    times: dict[tuple[str, str], list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, (argv, env) in commands.items():
            start = time.perf_counter()
            subprocess.run(argv, env=env, check=True, stdin=subprocess.DEVNULL, capture_output=True)
            if turn:
                times[name].append(time.perf_counter() - start)
    return times


def _tasks(folder: Path, count: int, share_open: float) -> Path:
    """taskwarrior's own files with the same titles; importing 100k through it would take minutes."""
    folder.mkdir()
    with (folder / "pending.data").open("w") as pending, (folder / "completed.data").open("w") as completed:
        for number, row in enumerate(data.rows(count, share_open=share_open), 1):
            entry = 1_700_000_000 + number
            key = f"{number:08x}-0000-4000-8000-{number:012x}"
            said = [("description", row.title), ("entry", str(entry)), ("uuid", key)]
            if row.resolved_at:
                said += [("end", str(entry + 60)), ("status", "completed")]
            else:
                said += [("status", "pending")]
            words = " ".join(f"{name}:{json.dumps(value)}" for name, value in said)
            (completed if row.resolved_at else pending).write(f"[{words}]\n")
    return folder
