"""What gives way where a line of the panel of maintenance is short: never the name of a checklist."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from deskmate.domain.agenda import Line, OpenRun
from deskmate.domain.checklist import Checklist, Content, Item
from deskmate.domain.text import width
from deskmate.tui.frame import Spans
from deskmate.tui.maintenance_lines import check_line, checklist_lines

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=UTC)
NAMED = "Patch round of the servers in both houses"
LINE = Line(
    1, NAMED, "Fridays", "2026-11-18T10:00", "2026-11-18T10:00:00.000Z", "2026-11-18T10:00:00.000Z",
    "2026-11-19T10:00:00.000Z", waiting=1, missed=15, open_run=OpenRun(1, 3, 6),
)  # fmt: skip


def text(spans: Spans) -> str:
    return "".join(words for words, _style in spans)


@pytest.mark.parametrize(
    ("columns", "beside"),
    [(45, ""), (54, "run 3/6"), (60, ""), (80, "run 3/6, 15 missed"), (120, "run 3/6, 15 missed")],
)
def test_in_a_narrow_list_the_rest_gives_way_before_the_name(columns: int, beside: str) -> None:
    shown = text(check_line(LINE, columns, NOW, cursor=False))
    assert width(shown) == columns
    assert "Patch round of " in shown
    assert beside in shown
    assert ("run" in shown, "missed" in shown) == ("run" in beside, "missed" in beside)
    pause = replace(LINE, name="Backup proof", open_run=None, paused=True, paused_until="2026-12-24")
    assert "Backup proof" in text(check_line(pause, columns, NOW, cursor=True))


def test_a_long_name_stands_whole_above_the_facts() -> None:
    found = Checklist(1, NAMED, Content((Item("One"),), minutes=60, dnd=True))
    shown = [text(each).strip() for each in checklist_lines(LINE, found, None, 53, NOW, beside=True)]
    assert shown[:2] == [NAMED, "any order · 60 min · asks for DND · revision 1"]
