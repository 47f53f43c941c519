"""The checklists one begins with keep the rules they are there to teach."""

import os

import pytest

from deskmate.domain.checklist_lint import suggestions
from deskmate.formats.checklist_text import Written, write
from deskmate.formats.starters import FOLDER, starters

SCHEDULED = 10
ALL = starters()


def test_there_are_ten_for_the_calendar_and_three_for_requests() -> None:
    assert len([each for each in ALL if each.schedule]) == SCHEDULED
    assert [each.name for each in ALL if not each.schedule] == ["New starter", "Leaver", "New machine"]


@pytest.mark.parametrize("starter", ALL, ids=lambda each: each.name)
def test_a_starter_is_written_as_checklists_are_and_needs_no_suggestion(starter: Written) -> None:
    assert starter.problems == ()
    assert suggestions(starter.content, took=starter.content.minutes) == []
    for_request = all(item.days is not None for item in starter.content.items)
    assert for_request == (not starter.schedule)
    path = os.path.join(FOLDER, sorted(os.listdir(FOLDER))[ALL.index(starter)])
    with open(path, encoding="utf-8") as file:
        assert write(starter.name, starter.content, starter.schedule) == file.read()
