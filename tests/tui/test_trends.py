"""What the detail of a checklist learns of its runs, read as the panel reads it."""

from pathlib import Path

from deskmate.store.read import hours
from deskmate.tui import checklists
from tests.support.proofs import Clock, at_the_desk, three_weeks


def test_the_record_of_a_list_has_what_was_measured_and_how_much_there_is_to_prune(tmp_path: Path) -> None:
    clock = Clock()
    with at_the_desk(tmp_path, clock) as desk:
        key = three_weeks(desk, clock)
        conn = desk.writer.conn
        found = checklists._record(conn, key, hours.calendar(conn), clock.at)
    (trend,) = found.trends
    assert [each.value for each in trend.points] == [31, 28, 24, 19, 14, 33, 35.5]
    assert found.suggestions == 2, "it has no pause point, and does not say what the evidence has to show"
    assert found.score.share == 6.5 / 13
