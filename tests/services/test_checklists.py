"""Checklists are made, changed and dropped as one step each; what open runs and history stand on is never edited."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.checklist import Content, Item, Verdict
from deskmate.domain.commands import Undo
from deskmate.domain.maintenance import (
    DropChecklist,
    FinishRun,
    ImportChecklists,
    MarkItem,
    SaveChecklist,
    StartRun,
    TakeStarters,
)
from deskmate.domain.request import Refused
from deskmate.domain.values import WrongValues
from deskmate.formats.checklist_schedule import fields
from deskmate.formats.starters import starters
from deskmate.services.checklists import preview
from deskmate.services.desk import Desk
from deskmate.store.read import checklists, revisions
from tests.support.checklists import PATCHES, listed
from tests.support.desks import opened


def kept(desk: Desk, key: int) -> list[Content]:
    return [each.content for each in revisions.revisions(desk.writer.conn, key)]


def test_a_revision_is_made_only_when_something_changed_and_keeps_the_ids_of_items(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        key = listed(desk)
        with pytest.raises(Refused, match="like that already"):
            desk.run(SaveChecklist("Patch round", kept(desk, key)[0], key))
        assert desk.run(SaveChecklist("Patches", kept(desk, key)[0], key)).label == "saved “Patches”"
        typed = [replace(item, id=0) for item in kept(desk, key)[0].items]
        typed[1:2] = [Item("Pilots first"), replace(typed[1], text="Restore points taken")]
        saved = desk.run(SaveChecklist("Patches", replace(PATCHES, items=tuple(typed)), key))
        assert saved.label == "saved “Patches”, revision 2"
        newest, first = kept(desk, key)
        assert [item.id for item in first.items] == [1, 2, 3, 4, 5]
        assert [item.id for item in newest.items] == [1, 6, 2, 3, 4, 5]
        desk.run(Undo())
        assert kept(desk, key) == [first]
        desk.run(SaveChecklist("Patches", replace(first, items=(*first.items, Item("Notes read"))), key))
        assert kept(desk, key)[0].items[-1].id == 7  # an open run may know 6


def test_an_old_revision_comes_back_as_the_newest_with_its_own_items(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        key = listed(desk)
        first = kept(desk, key)[0]
        listed(desk, content=replace(PATCHES, items=PATCHES.items[:2]), key=key)
        listed(desk, content=first, key=key)
        assert [each.revision for each in revisions.revisions(desk.writer.conn, key)] == [3, 2, 1]
        assert kept(desk, key)[0] == first


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (" ", PATCHES, "needs a name"),
        ("PATCH  round", PATCHES, "is a checklist already"),
        ("Empty", Content(), "needs an item"),
        ("Odd", Content((Item(" "),)), "Item 1: it needs words"),
        ("Slow", replace(PATCHES, minutes=0), "Minutes are a number"),
    ],
)
def test_what_makes_no_checklist_is_refused_and_nothing_is_made(
    tmp_path: Path, name: str, content: Content, why: str
) -> None:
    with opened(tmp_path) as desk:
        listed(desk)
        with pytest.raises(Refused, match=why):
            desk.run(SaveChecklist(name, content))
        assert len(revisions.keys(desk.writer.conn)) == 1


def test_a_dropped_one_frees_its_name_and_undo_brings_it_back(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        key = listed(desk)
        desk.run(DropChecklist(key))
        assert revisions.keys(desk.writer.conn) == {}
        desk.run(Undo())
        assert revisions.keys(desk.writer.conn) == {"patch round": key}


def test_an_import_is_one_step_and_says_of_each_what_it_came_to(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        key = listed(desk)
        same = SaveChecklist("Patch round", kept(desk, key)[0])
        changed = SaveChecklist("patch Round", replace(PATCHES, minutes=45))
        other = SaveChecklist("Other", PATCHES)
        assert desk.run(ImportChecklists((same,))).notes == ("unchanged: “Patch round”",)
        command = ImportChecklists((changed, other))
        notes = ("“patch Round”, revision 2", "new: “Other”")
        assert preview(desk, command) == notes
        assert len(kept(desk, key)) == 1
        outcome = desk.run(command)
        assert (outcome.label, outcome.notes) == ("imported 2 checklists", notes)
        desk.run(Undo())
        assert (len(kept(desk, key)), list(revisions.keys(desk.writer.conn))) == (1, ["patch round"])
        with pytest.raises(Refused, match="there twice"):
            desk.run(ImportChecklists((other, other)))


def test_starters_are_made_by_name_and_never_over_one_that_is_there(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        listed(desk, "Patch round")
        outcome = desk.run(TakeStarters(("Morning look", "Patch round", "Year"), {"Year": "29 February or 28"}))
        assert outcome.notes[:2] == (
            "new: “Morning look”, due every working day",
            "new: “Year”, due 29 February or 28",
        )
        assert (outcome.label, outcome.notes[-1]) == ("made 2 checklists", "“Patch round” is there already")
        everything = desk.run(TakeStarters(tuple(each.name for each in starters())))
        assert everything.label == "made 10 checklists"
        with pytest.raises(Refused, match="No starter goes by “Nothing”"):
            desk.run(TakeStarters(("Nothing",)))


def test_when_it_is_due_stays_where_nothing_is_said_of_it_and_ends_where_it_is_left_out(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as desk:
        said = {"when": "every 2 weeks on fri at 9:00", "grace": "3 d"}
        saved = desk.run(SaveChecklist("Patch round", PATCHES, schedule=said))
        assert saved.label == "saved “Patch round”, due every 2 weeks on Friday at 09:00"
        key = saved.made
        shown = fields(checklists.counts_now(desk.writer.conn, key))  # type: ignore[arg-type]
        assert shown == {"when": "every 2 weeks on Friday at 09:00", "from": shown["from"], "grace": "3 d"}
        with pytest.raises(Refused, match="like that already"):
            desk.run(SaveChecklist("Patch round", kept(desk, key)[0], key, shown))
        shorter = {name: shown[name] for name in ("when", "from")}
        assert desk.run(SaveChecklist("Patch round", kept(desk, key)[0], key, shorter)).label.endswith("at 09:00")
        assert fields(checklists.counts_now(desk.writer.conn, key)) == shorter  # type: ignore[arg-type]
        desk.run(SaveChecklist("Patches", kept(desk, key)[0], key))
        assert checklists.counts_now(desk.writer.conn, key) is not None
        ended = desk.run(SaveChecklist("Patches", kept(desk, key)[0], key, {}))
        assert ended.label == "saved “Patches”, not scheduled any more"
        assert len(kept(desk, key)) == 1
        desk.run(Undo())
        assert fields(checklists.counts_now(desk.writer.conn, key)) == shorter  # type: ignore[arg-type]
        with pytest.raises(WrongValues, match="31st"):
            desk.run(SaveChecklist("Patches", kept(desk, key)[0], key, {"when": "31st"}))


def test_how_long_a_checklist_takes_is_the_middle_of_its_runs_and_nothing_else(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    desk = Desk(str(tmp_path), actor="test", clock=lambda: instant.to_text(moment))
    key = listed(desk, content=Content((Item("Look"),), minutes=5))
    for minutes in (8, 600, 12):
        assert revisions.took(desk.writer.conn, key) is None
        run = desk.run(StartRun(key)).made
        desk.run(MarkItem(run, 1, Verdict.DONE))
        moment += timedelta(minutes=minutes)
        desk.run(FinishRun(run))
    assert revisions.took(desk.writer.conn, key) == pytest.approx(12)
    for _ in range(3):
        run = desk.run(StartRun(key)).made
        began, moment = moment, moment + timedelta(minutes=99)
        desk.run(MarkItem(run, 1, Verdict.DONE))
        desk.run(FinishRun(run, counted_at=instant.to_text(began)))
    assert revisions.took(desk.writer.conn, key) == pytest.approx(12)
    desk.close()
