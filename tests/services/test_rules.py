"""The rules of what breaks through, as they are edited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import RemoveRule, SaveRule, Undo
from deskmate.domain.request import Refused
from deskmate.domain.values import WrongValues
from deskmate.services.desk import Desk
from deskmate.store import hold
from tests.support.desks import opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as desk:
        yield desk


def names(desk: Desk) -> list[str]:
    return [rule.name for rule in hold.rules(desk.writer.conn)]


def test_a_rule_is_made_moved_changed_and_removed(desk: Desk) -> None:
    before = names(desk)
    desk.run(SaveRule("newsletters", "words", "mail", "unsubscribe, *abmelden", passes=False, position=1))
    assert names(desk) == ["newsletters", "P1", "VIP", "outage", "again"]
    made = hold.rules(desk.writer.conn)[0]
    desk.run(SaveRule("newsletters", "words", "mail", "unsubscribe", passes=False, position=99, id=made.id))
    assert names(desk) == [*before, "newsletters"]
    assert hold.rules(desk.writer.conn)[-1].words == "unsubscribe"
    with pytest.raises(Refused, match="like that already"):
        desk.run(SaveRule("newsletters", "words", "mail", "unsubscribe", passes=False, position=5, id=made.id))
    desk.run(RemoveRule(made.id))
    assert names(desk) == before
    for _ in range(3):
        desk.run(Undo())
    assert names(desk) == before


def test_one_that_can_not_be_changes_nothing(desk: Desk) -> None:
    for wrong, field in (
        (SaveRule("x", "words", words=","), "words"),
        (SaveRule("x", "again", minutes=0), "minutes"),
        (SaveRule("x", "vip", "pigeon"), "channel"),
        (SaveRule("x", "vip", "mail", position=9), "kind"),
        (SaveRule("x", "again", minutes=60, position=1), "position"),
    ):
        with pytest.raises(WrongValues) as caught:
            desk.run(wrong)
        assert caught.value.problems.keys() == {field}
    assert names(desk) == ["P1", "VIP", "outage", "again"]
