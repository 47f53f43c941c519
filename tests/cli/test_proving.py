"""What proves that checks were done, by the shell: for people, for scripts and for spreadsheets."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import local
from deskmate.domain.commands import EditRequest, SetCause
from deskmate.domain.maintenance import DropChecklist
from deskmate.store.read import learning, proof
from tests.cli.conftest import Shell
from tests.support.desks import looking
from tests.support.proofs import FIRST, Clock, at_the_desk, done, schedule, three_weeks

SPAN = ("--from", "2026-11-02", "--to", "2026-11-18")


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shell says what was due by now; here that is the Friday of the third week."""
    monkeypatch.setattr(local, "now", lambda: datetime(2026, 11, 20, 18, tzinfo=local.Local()))


@pytest.fixture
def kept(shell: Shell, desk_folder: Path) -> Shell:
    clock = Clock()
    with at_the_desk(desk_folder, clock) as desk:
        three_weeks(desk, clock)
    return shell


def test_history_is_a_line_for_each_time_and_one_for_an_absence(kept: Shell) -> None:
    ended = kept("checklist", "history", "morning", *SPAN)
    head, score, _blank, *lines = ended.out.splitlines()
    assert (ended.code, head) == (0, "Morning look   every working day")
    assert score.startswith("54% kept: 6 on time, 1 late, 5 missed, 1 skipped, last done Wed 18 Nov 2026 13:05")
    assert [" ".join(line.split()) for line in lines[:6]] == [
        "Wed 18 Nov 2026 13:05 done ad hoc rev 1",
        "Wed 18 Nov 2026 09:05 done rev 1",
        "Tue 17 Nov 2026 skipped rev 1 the site is closed",
        "Mon 16 Nov 2026 19:00 done late rev 1 R. Haas written down 17 Nov 09:00, late, after the outage",
        "Fri 13 Nov 2026 5 missed since 9 Nov ill",
        "Fri 6 Nov 2026 09:10 done with 1 finding rev 1 R. Haas D-1 open",
    ]


def test_json_has_every_time_and_every_item(kept: Shell) -> None:
    found = kept("checklist", "history", "morning", *SPAN, "--json").json
    assert (found["on_time"], found["missed"], found["score"]) == (6, 5, 6.5 / 12)
    assert [each["reason"] for each in found["entries"] if each["stage"] == "missed"] == ["ill"] * 5
    friday = next(each for each in found["entries"] if each["nominal"] == "2026-11-06T00:00")
    assert (friday["result"], friday["run"]["signed"]) == ("done with 1 finding", "R. Haas")
    space = friday["run"]["items"][1]
    assert (space["verdict"], space["value"], space["request"], space["request_status"]) == (
        *("failed", "14", "D-1", "open"),
    )
    (evidence,) = friday["run"]["items"][3]["evidence"]
    assert (evidence["name"], len(evidence["sha256"])) == ("jobs.txt", 64)
    late = next(each for each in found["entries"] if each["timing"] == "late")
    assert (late["run"]["done_at"], late["run"]["written_at"]) == (
        *("2026-11-16T18:00:00.000Z", "2026-11-17T08:00:01.000Z"),
    )


def test_csv_has_a_record_for_each_item_and_no_formula(kept: Shell, desk_folder: Path) -> None:
    kept("undo")  # the ad hoc run is open again
    with at_the_desk(desk_folder, Clock()) as desk:
        desk.writer.conn.execute("UPDATE absence SET note = '=HYPERLINK(\"http://example.org\")'")
    records = list(csv.DictReader(io.StringIO(kept("checklist", "history", "morning", *SPAN, "--csv").out)))
    of = {
        day: [each for each in records if each["nominal"].startswith(f"2026-11-{day}")] for day in ("06", "09", "17")
    }
    assert [len(each) for each in of.values()] == [4, 1, 1]
    assert of["09"][0]["reason"] == '\'=HYPERLINK("http://example.org")'
    assert (of["06"][1]["value"], of["06"][1]["limits"]) == ("14", "15 or more, better 20 or more")


def test_a_trend_is_drawn_and_printed(kept: Shell) -> None:
    ended = kept("checklist", "trend", "morning", "space", "--from", "2026-11-01")
    assert ended.out.splitlines()[:2] == ["Free space on the file server: 35.5 %", "15 or more, better 20 or more"]
    (found,) = kept("checklist", "trend", "morning", "look", "--from", "2026-11-01", "--json").json
    assert [each["value"] for each in found["points"]] == [31, 28, 24, 19, 14, 33, 35.5]
    assert "Nothing was measured there" in kept("checklist", "trend", "morning", "alarms").err


def test_a_dropped_list_still_proves_what_was_done(kept: Shell, desk_folder: Path) -> None:
    with at_the_desk(desk_folder, Clock()) as desk:
        desk.run(DropChecklist(1))
    assert "done with 1 finding" in kept("checklist", "history", "Morning Look", *SPAN).out
    assert kept("checklist", "history", "morning", *SPAN).code == 1


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("history", "evening"), 1, "No checklist goes by “evening”"),
        (("history",), 2, "Say which checklist"),
        (("history", "morning", "--json", "--csv"), 2, "not both"),
        (("history", "morning", "--from", "someday"), 2, "--from can not be “someday”"),
        (("history", "morning", "--from", "2026-11-18", "--to", "2026-11-02"), 2, "is after --to"),
    ],
)
def test_what_is_not_understood_says_so(kept: Shell, words: tuple[str, ...], code: int, why: str) -> None:
    ended = kept("checklist", *words)
    assert ended.code == code
    assert why in ended.err


def test_a_list_that_nobody_did_has_no_score(shell: Shell, desk_folder: Path) -> None:
    with at_the_desk(desk_folder, Clock()) as desk:
        from tests.support.checklists import listed

        said = "29 February in leap years"
        schedule(desk, listed(desk, "Yearly"), said)
    ended = shell("checklist", "history", "yearly", *SPAN)
    assert ended.out == f"Yearly   {said}\nnothing was due\n"
    assert shell("checklist", "history", "yearly", *SPAN, "--json").json["score"] is None


def events(data: str) -> list[dict[str, str]]:
    """Every event of a calendar as RFC 5545 has it, read without the library that wrote it."""
    assert data.endswith("\r\n")
    assert max(len(line.encode()) for line in data.split("\r\n")) <= 75
    lines = data.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in ("END", ""):
            found[-1][name] = value.replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")
    return found


def test_the_feed_is_read_back_by_a_program_of_its_own(kept: Shell, desk_folder: Path, tmp_path: Path) -> None:
    with at_the_desk(desk_folder, Clock()) as desk:
        from tests.support.checklists import listed

        long = listed(desk, "Räume; Regale, und alles was sonst noch in diesem Haus an der Wand hängt oder steht")
        schedule(desk, long, "Tuesdays")
    path = tmp_path / "due.ics"
    ended = kept("checklist", "feed", "--ics", str(path))
    assert (ended.code, ended.out) == (0, "")
    first = path.read_bytes().decode()
    found = events(first)
    assert "RRULE" not in first
    assert len({each["UID"] for each in found}) == len(found)
    assert {(each["TRANSP"], each["CATEGORIES"]) for each in found} == {("TRANSPARENT", "Maintenance")}
    morning = [each for each in found if each["SUMMARY"] == "Morning look"]
    assert morning[0]["UID"].startswith("check-1-20261120T0000@"), "the one that is open, then those to come"
    assert (morning[0]["DTSTART"], morning[0]["DTEND"]) == ("20261120T080000Z", "20261120T080800Z")
    assert len(morning) == 64, "working days in ninety days from the Friday on, and it"
    assert sum(each["SUMMARY"].startswith("Räume; Regale, und alles") for each in found) == 14, "one is open"
    kept("checklist", "feed", "--ics", str(path))
    assert path.read_bytes().decode() == first


def test_learning_looks_at_runs_and_at_causes(kept: Shell, desk_folder: Path) -> None:
    for number in range(2):
        kept("add", f"printer stopped {number}")
        kept("cause", str(number + 2), "toner empty")
    clock = Clock(datetime(2026, 11, 20, 8, tzinfo=UTC))
    with at_the_desk(desk_folder, clock) as desk:
        desk.run(EditRequest((2, 3), device="Printer 2"))
        desk.run(SetCause((1,), "toner empty"))  # a check has found that one
        desk.run(EditRequest((1,), device="Printer 2"))
        for number in range(1, 5):
            done(desk, clock, 1, FIRST + timedelta(days=18, hours=number), 33, ad_hoc="yes")
    found = kept("checklist", "learn", "--json").json
    assert [(each["kind"], each["item"]) for each in found if each["kind"] != "the list"] == [
        ("never fails", "Night backup jobs all green"),
        ("never fails", "Alarms and UPS messages read"),
        ("never fails", "Copy of the job list"),
        ("nobody checks it", None),
    ]
    assert found[-1]["requests"] == ["D-2", "D-3"]
    line = "Night backup jobs all green: did not fail once in 11 runs since Mon 2 Nov"
    assert f"Morning look: {line}" in kept("checklist", "learn", "morning").out
    assert f"could be better: {line}" in kept("checklist", "show", "morning").err


@pytest.mark.parametrize("sql", [learning._TALLIES, learning._CAUSED, proof._RUNS, proof._RESULTS, proof._EVIDENCE])
def test_what_is_read_of_the_past_uses_an_index(kept: Shell, desk_folder: Path, sql: str) -> None:
    with looking(desk_folder) as conn:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", ("[1]",))]
    whole = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step and "VIRTUAL" not in step]
    assert [step for step in whole if step.split()[1] not in ("r", "u")] == [], "but what is left of a subquery"
