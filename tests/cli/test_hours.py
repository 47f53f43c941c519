"""Office time on the command line: one grammar for all that can be said about it."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

CHANGES = (
    (("mon-thu", "9-12, 13-17"), "hours Mon-Thu 09:00-12:00, 13:00-17:00"),
    (("fri", "closed"), "hours Fri closed"),
    (("sat 10-12; sun 22-2",), "hours Sat 10:00-12:00; Sun 22:00-02:00"),
    (("on", "2027-12-24", "closed", "--note", "Christmas Eve"), "hours Fri 24 Dec 2027 closed: Christmas Eve"),
    (("on", "31", "dec", "2027", "9-12,", "14-15"), "hours Fri 31 Dec 2027 09:00-12:00, 14:00-15:00"),
    (("leave", "2027-08-03", "2027-08-14"), "leave Tue 3 Aug 2027 to Sat 14 Aug 2027"),
    (("extra", "2027-08-28", "10-14"), "extra Sat 28 Aug 2027 10:00-14:00"),
    (
        ("slot", "2027-08-31 14:00-15:00", "--every", "week", "--as", "away", "--reason", "mentor"),
        "slot Tue 31 Aug 2027 14:00-15:00, weekly, AWAY: mentor",
    ),
    (("zone", "Europe/Berlin"), "zone Europe/Berlin"),
    (("dnd", "1h30m"), "do not disturb lasts 1 h 30 min"),
    (("holiday", "6 dec 2027", "Nikolaus"), "holiday Mon 6 Dec 2027 Nikolaus"),
)


def test_everything_is_said_shown_and_taken_back(shell: Shell) -> None:
    before = shell("hours").out
    assert "week        Mon-Fri 09:00-17:00\n" in before
    for argv, label in CHANGES:
        ended = shell("hours", *argv)
        assert (ended.code, ended.out) == (0, f"{label}\n"), ended.err
        assert "due date" in ended.err or argv[0] == "dnd"
    shown = shell("hours").out
    assert "            Fri" not in shown
    for line in (
        "week        Mon-Thu 09:00-12:00, 13:00-17:00\n            Sat 10:00-12:00\n",
        "on 1        Fri 24 Dec 2027 closed: Christmas Eve\n",
        "leave 1     Tue 3 Aug 2027 to Sat 14 Aug 2027\n",
        "slot 1      Tue 31 Aug 2027 14:00-15:00, weekly, AWAY: mentor\n",
        "zone        Europe/Berlin (",
        "dnd         1 h 30 min where nobody says how long\n",
    ):
        assert line in shown
    found = shell("hours", "--json").json
    assert found["week"]["Mon"] == ["09:00-12:00", "13:00-17:00"]
    assert found["week"]["Fri"] == []
    assert found["days"][1]["hours"] == ["09:00-12:00", "14:00-15:00"]
    assert found["leave"] == [{"id": 1, "start": "2027-08-03", "end": "2027-08-14", "note": None}]
    assert found["slots"][0]["every"] == "7 days"
    assert found["zone"]["name"] == "Europe/Berlin"
    assert found["zone"]["version"]
    assert found["dnd_minutes"] == 90
    for _ in CHANGES:
        assert shell("undo").code == 0
    assert shell("hours").out == before


def test_a_dry_run_tells_and_writes_nothing(shell: Shell, desk_folder: Path) -> None:
    ended = shell("hours", "mon", "9-12, 11-13", "--dry-run")
    assert ended.out == "would be: hours Mon 09:00-13:00\n"
    assert "09:00-12:00 and 11:00-13:00 were merged into 09:00-13:00\nno due date moves\n" in ended.err
    assert not desk_folder.exists(), "not even a database"
    told = shell("hours", "holidays", "germany", "Berlin", "--dry-run", "--json").json
    assert told["dry_run"]
    assert {"Karfreitag", "Frauentag"} <= {each["name"] for each in told["holidays"]}


def test_what_falls_into_leave_is_listed_and_moved(shell: Shell) -> None:
    shell("add", "order toner", "--from", "Ana")
    shell("park", "1", "--until", "2027-08-04 10:00")
    ended = shell("hours", "leave", "2027-08-03 to 2027-08-14", "--dry-run")
    assert "falls into it: wake D-1 Ana: order toner, Wed 4 Aug 2027 10:00" in ended.err
    ended = shell("hours", "leave", "2027-08-03 to 2027-08-14")
    assert "deskmate hours move leave 1 moves" in ended.err
    assert shell("hours", "move", "leave", "2027-08-03").out == "moved a date of D-1 to Mon 16 Aug 2027 09:00\n"
    assert shell("hours", "remove", "leave", "1").out == "removed leave Tue 3 Aug 2027 to Sat 14 Aug 2027\n"
    for _ in range(3):
        shell("undo")
    ended = shell("hours", "leave", "2027-08-03 to 2027-08-14", "--move", "--json")
    assert [each["request"] for each in ended.json["falls"]] == ["D-1"]
    assert ended.json["moved"] == "moved a date of D-1 to Mon 16 Aug 2027 09:00"


def test_typed_days_are_those_of_the_hours(shell: Shell) -> None:
    shell("hours", "mon-sun 10-14")
    shell("add", "new monitor >4 jan 2027")
    needed = datetime.fromisoformat(shell("show", "1", "--json").json["needed_by"]).astimezone()
    assert f"{needed:%Y-%m-%d %H:%M}" == "2027-01-04 10:00"
    assert " 10:00: D-1" in shell("park", "1", "--until", "+1bd").out
    assert [each["number"] for each in shell("list", "--json", "due<=2027-01-04").json] == ["D-1"]


@pytest.mark.parametrize(
    ("argv", "code", "why"),
    [
        (("foo",), 2, "“foo” is no weekday; say Mon, Tue"),
        (("mon 9-12; mon-tue 13-17",), 2, "Mon is said twice"),
        (("mon", "9-12", "--note", "x"), 2, "--note does not belong here"),
        (("--dry-run",), 2, "There is no change to try"),
        (("remove", "leave"), 2, "and its number or its day"),
        (("move", "slot", "1"), 2, "Say leave, and its number"),
        (("holidays",), 2, "Say which country"),
        (("remove", "leave", "9"), 1, "There is no leave 9."),
        (("mon 9-25; tue x",), 1, "Mon: “9-25”: there is no 25:00; a day ends at 24:00; Tue: “x” is no span"),
        (("leave", "14 aug to 3 aug"), 1, "When: ends Tue 3 Aug"),
        (("leave", "2020-01-01"), 1, "When: Wed 1 Jan 2020 is over already"),
        (("zone", "Berlin"), 1, "did you mean Europe/Berlin?\n"),
        (("slot", "sat 10-11", "--every", "x"), 1, "Every: “x” is not how often"),
    ],
)
def test_what_is_wrong_is_named(shell: Shell, argv: tuple[str, ...], code: int, why: str) -> None:
    ended = shell("hours", *argv)
    assert (ended.code, ended.out) == (code, "")
    assert why in ended.err


@pytest.mark.parametrize("kind", ["extra", "leave"])
def test_what_the_clock_skips_never_comes(shell: Shell, kind: str) -> None:
    shell("hours", "zone", "Europe/Berlin")
    ended = shell("hours", kind, "28 mar 2027 02:00-02:59")
    assert (ended.code, ended.out) == (1, "")
    assert "When: Sun 28 Mar 2027 02:00 to Sun 28 Mar 2027 02:59 never comes" in ended.err
    assert shell("hours", kind, "28 mar 2027 02:00-03:01").code == 0
