"""What is suggested when checklists are pruned: each thing at its threshold, and not a run before."""

from datetime import date

import pytest

from deskmate.domain.checklist import Checklist, Content, Item
from deskmate.domain.learning import Caused, Kind, Tally, of_checklist, told, unchecked

SINCE = date(2026, 3, 3)


def suggested(tally: Tally | None = None, items: int = 1, took: float | None = None) -> list[Kind]:
    content = Content(
        tuple(Item(f"Item {number}", number) for number in range(1, items + 1)), minutes=8, pause_point="8:50"
    )
    tallies = {1: tally} if tally else {}
    return [each.kind for each in of_checklist(Checklist(1, "Morning", content), tallies, took)]


@pytest.mark.parametrize(
    ("runs", "failed", "found"),
    [
        (10, 0, [Kind.NEVER_FAILS]),
        (9, 0, []),
        (12, 3, [Kind.OFTEN_FAILS]),
        (13, 3, []),
        (2, 2, []),
        (60, 1, []),
    ],
)
def test_an_item_that_never_fails_or_often(runs: int, failed: int, found: list[Kind]) -> None:
    assert suggested(Tally(runs, failed, SINCE)) == found


def test_a_list_that_is_too_long_or_takes_too_long() -> None:
    assert suggested(items=9, took=8) == []
    assert suggested(items=10) == [Kind.LIST]
    assert suggested(took=14) == [Kind.LIST]


TWICE = [Caused(1, "Toner empty", "Printer 2", "printer"), Caused(4, "toner empty", "printer 2", "printer")]


def test_what_came_twice_for_one_cause_and_nobody_checks() -> None:
    (found,) = unchecked(TWICE, [])
    assert found.requests == (1, 4)
    assert told(found) == ("“Toner empty” on Printer 2 came 2 times in 90 days (D-1, D-4), and no item looks for it")
    apart = [Caused(1, "Toner empty", "Printer 2", "printer"), Caused(4, "Toner empty", "Printer 3", "Printer")]
    (found,) = unchecked(apart, [])
    assert "in printer came 2 times" in found.reason
    assert list(unchecked([*TWICE[:1], Caused(4, "Toner empty")], [])) == [], "nothing says that it is the same"


@pytest.mark.parametrize("item", ["Empty TONER of all printers changed", "Look at printer 2"])
def test_what_an_item_mentions_is_checked(item: str) -> None:
    assert list(unchecked(TWICE, [Checklist(1, "Morning", Content((Item(item, 1),)))])) == []
