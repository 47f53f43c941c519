"""Views of the technician's own: saved, changed, dropped, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import DropView, Redo, SaveView, Undo
from deskmate.domain.request import Refused
from deskmate.services.desk import Desk
from deskmate.store.read import views
from tests.support.desks import opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as desk:
        yield desk


def own(desk: Desk) -> list[tuple[str, str]]:
    return [(view.tab, view.query) for view in views.own(desk.writer.conn)]


def test_a_view_is_saved_renamed_replaced_and_dropped(desk: Desk) -> None:
    made = desk.run(SaveView(" Printers ", "is:now #printer")).made
    desk.run(SaveView("Late", "overdue"))
    assert own(desk) == [("Printers", "is:now #printer"), ("Late", "overdue")]
    desk.run(SaveView("Paper", "is:now #printer", made))
    assert desk.run(SaveView("PAPER", "#printer")).made == made, "the same name is the same view"
    assert own(desk) == [("PAPER", "#printer"), ("Late", "overdue")]
    desk.run(DropView(made))
    assert own(desk) == [("Late", "overdue")]
    for wanted in (["PAPER", "Late"], ["Paper", "Late"], ["Printers", "Late"], ["Printers"], []):
        desk.run(Undo())
        assert [name for name, _query in own(desk)] == wanted
    desk.run(Redo())
    assert own(desk) == [("Printers", "is:now #printer")]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (SaveView("  ", "jam"), "needs a name"),
        (SaveView("Jam", " "), "nothing to save"),
        (SaveView("now", "jam"), "is a view already"),
        (SaveView("Late", "overdue"), "like that already"),
        (SaveView("late", "jam", 2), "is a view already"),
        (SaveView("Gone", "jam", 99), "not there any more"),
        (DropView(99), "not there any more"),
    ],
)
def test_what_can_not_be_is_refused_with_a_reason(desk: Desk, command: SaveView | DropView, why: str) -> None:
    desk.run(SaveView("Late", "overdue"))
    desk.run(SaveView("Second", "open"))
    before = own(desk)
    with pytest.raises(Refused, match=why):
        desk.run(command)
    assert own(desk) == before
