"""What was measured, as plots in the terminal, and what there is to learn from runs. Nothing here knows Textual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskmate.domain import measure, run
from deskmate.domain.text import fit, safe, width
from deskmate.tui.frame import Spans, cut, end_with

if TYPE_CHECKING:
    from deskmate.domain.proof import Trend

HEIGHT = 7
"""Lines of a plot, the one with its dates included."""
_WIDEST = 80
"""Cells of a plot: wider ones say no more."""


def trend_lines(trends: Sequence[Trend], columns: int) -> list[Spans]:
    """A plot of each item that was measured more than once, with its last value and its limits above."""
    from deskmate.domain import plot

    lines: list[Spans] = []
    for each in trends:
        if len(each.points) < 2:
            continue
        last = each.points[-1]
        value = safe(run.value_text(each.item, measure.plain(last.value)))
        limits = run.limits_text(each.item)
        wide = min(columns, _WIDEST)
        name = fit(safe(each.item.text), min(width(safe(each.item.text)), max(wide - width(value) - 2, 8)))
        lines += [[], end_with([(name, "")], wide, [(value, "error" if last.failed else "bold")])]
        lines += [cut([(safe(limits), "dim")], wide)] if limits else []
        lines += plot.lines(each.points, each.item, wide, HEIGHT)
    return lines


def learned_lines(name: str, suggestions: int, columns: int) -> list[Spans]:
    """That there is something to prune, and where it is told."""
    if not suggestions:
        return []
    count = f"{suggestions} suggestion{'' if suggestions == 1 else 's'} for pruning"
    return [[], cut([(count, "soon"), (f": deskmate checklist learn {safe(name)}", "dim")], columns)]
