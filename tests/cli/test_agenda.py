"""``checklist``: when one is due, said and shown in the shell."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.maintenance import SetSchedule
from deskmate.services.desk import Desk
from tests.cli.conftest import Shell
from tests.support.clocks import FRIDAY

LOOK = b"# Morning look\n\n- [ ] Backups green\n"


@pytest.fixture
def kept(shell: Shell) -> Shell:
    assert shell("checklist", "new", "-", stdin=LOOK).code == 0
    return shell


def test_a_schedule_is_said_back_with_its_next_dates_and_changed_by_its_options(kept: Shell) -> None:
    said = kept("checklist", "schedule", "morning", "last", "working", "day", "--at", "8:00", "--json")
    found = json.loads(said.out)
    assert (found["schedule"], found["at"], len(found["next"])) == ("last working day at 08:00", "08:00", 6)
    changed = kept("checklist", "schedule", "morning", "--grace", "2h", "--closed", "none")
    assert changed.out.startswith("“Morning look” is due last working day at 08:00\n")
    assert "late after 2 h; on closed days as on others" in changed.err
    assert len(json.loads(kept("checklist", "next", "Morning look", "3", "--json").out)) == 3
    assert kept("checklist", "schedule", "morning", "--grace", "2h").code == 1  # it is so already
    assert kept("checklist", "unschedule", "morning").out == "“Morning look” is not scheduled any more\n"
    assert kept("checklist", "next", "morning").out == ""


def test_a_dry_run_keeps_nothing_and_a_refusal_names_the_field(kept: Shell) -> None:
    assert kept("checklist", "schedule", "morning", "tuesdays", "--dry-run").out.startswith("Tuesdays\n  Tue ")
    refused = kept("checklist", "schedule", "morning", "31st", "--lead", "soon")
    assert refused.code == 1
    assert "When: not every month has a 31st" in refused.err
    assert "lead: “soon” is no span such as 2h, 3d or none" in refused.err
    assert json.loads(kept("checklist", "list", "--json").out)[0]["state"] == "no schedule"


def test_what_is_due_is_listed_paused_and_taken_up(kept: Shell) -> None:
    assert kept("checklist", "schedule", "morning", "daily", "--closed", "none").code == 0
    listed = json.loads(kept("checklist", "list", "--json").out)
    assert [(each["name"], each["schedule"]) for each in listed] == [("Morning look", "daily")]
    assert "until it is taken up again" in kept("checklist", "pause", "morning", "--note", "ill").out
    assert [each["state"] for each in json.loads(kept("checklist", "list", "--json").out)] == ["paused"]
    assert json.loads(kept("checklist", "due", "--json").out) == []
    assert kept("checklist", "resume", "--all").code == 1
    assert kept("checklist", "resume", "morning").out == "took up “Morning look”\n"
    assert "took up" not in kept("checklist", "list").out


def test_next_names_what_is_due_beside_the_request(kept: Shell, desk_folder: Path) -> None:
    assert kept("next").err == "Nothing waits for you.\n"
    before = instant.to_text(FRIDAY - timedelta(days=2))
    desk = Desk(str(desk_folder), actor="shell", clock=lambda: before)
    desk.run(SetSchedule(1, {"when": "daily"}))
    desk.close()
    found = kept("next")  # it looks, so it is counted
    assert found.err == "Nothing waits for you.\n1 check due: Morning look.\n"
    assert [each["name"] for each in kept("checklist", "due", "--json").json] == ["Morning look"]
    assert kept("next", "--json").json is None
