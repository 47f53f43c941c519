"""Figures as a table for the terminal and as docs/performance.md."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.figure import ROOT, Figure, Run, shown

PAGE = ROOT / "docs" / "performance.md"
TITLES = {
    "start": "Start",
    "keys": "Keys, search and memory",
    "shell": "Shell",
    "pages": "Pages of the queue",
    "import": "Import",
    "office": "Office time",
    "agenda": "When checklists are due",
    "pictures": "Pictures of guides",
    "guides": "Guides",
    "taskwarrior": "Beside taskwarrior",
}
ABOUT = {
    "start": "From the start of the process until the first request's number is written to the terminal; interactive:"
    " until the answer to `j`, pressed as soon as that number is seen. The desk opens where it was left.",
    "keys": "From the key to the last byte of the paint that answers it, on a terminal of 80×24 that answers"
    " at once. Cursor keys are `j` and `k`, half of them scrolling. A search is timed from the second letter on"
    " until the newest hit is painted. The unit is the median of a key in hello-world, for p95 too. Esc takes a mark"
    " away; it waits to be told from an arrow key. Memory is the peak of the process.",
    "shell": "Whole processes, the folder being the user's default one.",
    "pages": "Forty rows, read in the process again and again: the first, the middle, the last. Unseen are forty in a"
    " row from anywhere, other ones each time: on a large desk they lie scattered over a file that fits no cache of"
    " SQLite's, so each costs a read from the system's. They are still there within a tenth of a frame.",
    "import": "The reference writes the same rows into the same tables without comparing, journal or undo.",
    "office": "Computed in the process, over hours with lunch breaks, holidays and leave in a zone with summer time;"
    " once they are known, which is when they are first asked for.",
    "agenda": "On disk, with a run for every time they were due but the last week's. Counting all anew is"
    " what other office hours bring; otherwise only what came due is counted.",
    "pictures": "Time of the processor, from the file in the cache to the lines that are painted, with marks. Nothing"
    " of it is in memory, as at the first look of the day. The original has 1920×1080 pixels.",
    "guides": "In the process, the pictures half plain windows and half noise, each with a box that hides and a"
    " badge. The reference makes the same kind of file of each picture, with what it takes to be sure left out.",
    "taskwarrior": "Once with everything open on both sides and once with a fifth, as on the other desks:"
    " taskwarrior keeps what is done in another file, which it reads only when it has to.",
}


def table(figures: Sequence[Figure]) -> str:
    """Aligned columns."""
    lines = [("", "what", "reference", "ratio", "goal", "", "")]
    lines += [(each.group, each.what, each.reference, *_cells(each), each.note) for each in figures]
    form = "  ".join(
        f"{{:{'>' if name in ('ratio', 'goal') else '<'}{max(map(len, column))}}}"
        for name, column in zip(lines[0], zip(*lines, strict=True), strict=True)
    )
    return "\n".join(form.format(*line).rstrip() for line in lines)


def summary(figures: Sequence[Figure]) -> str:
    """How many goals were met."""
    verdicts = [each.verdict for each in figures if each.verdict in ("met", "missed")]
    return f"{verdicts.count('met')} of {len(verdicts)} goals met."


def write(figures: Sequence[Figure], run: Run, path: Path = PAGE) -> None:
    """Make the page. It is for reading; nothing depends on it."""
    lines = [
        "# Speed",
        "",
        "Ratios against references measured in the same run, interleaved; times of another machine say nothing."
        " `make bench` measures, `make bench ARGS=--write` writes this page.",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine()}. Sizes {', '.join(size.name for size in run.sizes)}"
        f" requests, a fifth of them open; {run.rounds} rounds. {summary(figures)}",
        "",
    ]
    missed = [each for each in figures if each.verdict == "missed"]
    if missed:
        lines += ["## Missed", ""]
        lines += [
            f"- {each.what}: {shown(each.value or 0)} × {each.reference}, goal {_goal(each)}." for each in missed
        ]
        lines.append("")
    for group, title in TITLES.items():
        found = [each for each in figures if each.group == group]
        if not found:
            continue
        lines += [f"## {title}", "", ABOUT[group], "", "| what | reference | ratio | goal | | here |"]
        lines.append("|---|---|--:|--:|---|---|")
        for each in found:
            ratio, goal, verdict = _cells(each)
            verdict = f"**{verdict}**" if verdict == "missed" else verdict
            lines.append(f"| {each.what} | {each.reference} | {ratio} | {goal} | {verdict} | {each.note} |")
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def machine() -> str:
    """What it was measured on."""
    model, cores = platform.machine(), 0
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model, cores = line.partition(":")[2].strip(), cores + 1
    except OSError:
        pass
    parts = [f"{model}, {cores or '?'} cores", f"{platform.system()} {platform.release().partition('-')[0]}"]
    parts += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for name in ("Textual", "SQLModel"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            pass
    return ", ".join(parts)


def _cells(each: Figure) -> tuple[str, str, str]:
    return "" if each.value is None else shown(each.value), _goal(each), each.verdict


def _goal(each: Figure) -> str:
    return "" if each.goal is None else f"{'≥' if each.at_least else '≤'} {each.goal:g}"
