"""``list`` and ``next``: order, queries, limits, JSON."""

from pathlib import Path

import pytest

from deskmate.__main__ import main
from deskmate.domain.commands import SaveView
from deskmate.services.desk import Desk
from tests.cli.conftest import Shell

FIELDS = ["number", "title", "status", "priority", "requester", "channel", "tags", "created_at", "due_at"]


@pytest.fixture
def queue(shell: Shell) -> Shell:
    """Five requests: P3, P1, untriaged, P2 and one that is resolved."""
    shell("add", "mouse is slow", "--tag", "mouse")
    shell("add", "mail is down", "--from", "Ann")
    shell("add", "new phone >2027-01-05T15:30")
    shell("add", "vpn and mouse")
    shell("add", "mouse pad")
    shell("priority", "1", "3")
    shell("priority", "2", "1")
    shell("priority", "4", "p2")
    shell("resolve", "5")
    return shell


def numbers(ended_out: str) -> list[str]:
    return [line.split()[0] for line in ended_out.splitlines()]


def test_now_is_in_queue_order(queue: Shell) -> None:
    ended = queue("list")
    assert numbers(ended.out) == ["D-2", "D-3", "D-4", "D-1"]
    assert ended.err == ""
    assert [found["number"] for found in queue("list", "--json").json] == ["D-2", "D-3", "D-4", "D-1"]


def test_columns_are_aligned_and_say_what_is_known(queue: Shell) -> None:
    first, second, _third, fourth = queue("list").out.splitlines()
    assert first.split("  ")[:3] == ["D-2", "P1", "new"]
    assert "Ann?" in first
    assert "5 Jan 2027 n" in second
    assert fourth.endswith("mouse is slow #mouse?")
    assert first.index("mail is") == second.index("new phone") == fourth.index("mouse is")


def test_the_fields_of_the_json(queue: Shell) -> None:
    found = queue("list", "--json").json
    assert [list(each) for each in found] == [FIELDS] * 4
    assert found[0]["priority"] == "P1"
    assert found[0]["requester"] == "Ann"
    assert found[1]["priority"] is None
    assert found[1]["requester"] is None
    assert found[1]["due_at"] == "2027-01-05T14:30:00.000Z"
    assert found[3]["tags"] == ["mouse"]
    assert all(each["created_at"].endswith("Z") for each in found)


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        (["mouse"], ["D-5", "D-4", "D-1"]),
        (["mou"], ["D-5", "D-4", "D-1"]),
        (["mouse", "vpn"], ["D-4"]),
        (['"mouse pad"'], ["D-5"]),
        (["#mouse"], ["D-1"]),
        (["ann"], ["D-2"]),
        (["D-4"], ["D-4"]),
        (["4"], ["D-4"]),
        (["nothing like it"], []),
        (["mouse", "--view", "now"], ["D-4", "D-1"]),
        (["--view=resolved"], ["D-5"]),
        (["--view", "all"], ["D-5", "D-4", "D-3", "D-2", "D-1"]),
        (["--view", "new"], ["D-3"]),
        (["mouse", "--limit", "2"], ["D-5", "D-4"]),
        (["prio:<=2", "-vpn"], ["D-2"]),
        (["mail", "OR", "pad"], ["D-5", "D-2"]),
        (["prio:none", "is:now", "OR", "status:res"], ["D-5", "D-3"]),
        (["due:2027-01-05", "--view", "now"], ["D-3"]),
        (["prio:1..3", "--view", "now"], ["D-2", "D-4", "D-1"]),
        (["from:ann", "-tag:mouse"], ["D-2"]),
        (["re:", "http://x"], []),
    ],
)
def test_queries_and_views(queue: Shell, argv: list[str], found: list[str]) -> None:
    assert numbers(queue("list", *argv).out) == found
    assert [each["number"] for each in queue("list", "--json", *argv).json] == found


def test_a_number_comes_first_and_words_follow(queue: Shell) -> None:
    queue("add", "D-2 again, see 2 above")
    assert numbers(queue("list", "2").out)[0] == "D-2"


def test_dash_words_are_searched_for(queue: Shell) -> None:
    queue("add", "tool fails with --verbose")
    ended = queue("list", "--verbose")
    assert numbers(ended.out) == ["D-6"]
    assert "“--verbose” is no option of list" in ended.err
    assert queue("list", "-v", "--help").code == 0


@pytest.mark.parametrize("query", ["?", "x", '"', "#", "-", "---", "*", "()"])
def test_what_can_not_be_searched_for_finds_nothing(queue: Shell, query: str) -> None:
    ended = queue("list", query)
    assert (ended.code, ended.out) == (0, "")
    assert "can not be searched for" in ended.err
    assert queue("list", query, "--json").json == []


def test_a_value_that_is_not_understood_finds_nothing_and_is_named(queue: Shell) -> None:
    ended = queue("list", "mouse", "due:<tomorow")
    assert (ended.code, ended.out) == (0, "")
    assert "“due:<tomorow” is not understood" in ended.err
    assert queue("next", "prio:7", "--json").json is None


def test_the_limit_says_how_many_more(queue: Shell) -> None:
    ended = queue("list", "--limit", "1")
    assert numbers(ended.out) == ["D-2"]
    assert ended.err == "… and 3 more; --limit shows them.\n"
    for _each in range(60):
        queue("add", "crowd")
    assert len(queue("list").out.splitlines()) == 50
    assert len(queue("list", "--json").json) == 64
    assert len(queue("list", "crowd", "--limit", "300").out.splitlines()) == 60


def test_a_view_says_what_it_hides(queue: Shell) -> None:
    assert queue("list", "mouse", "--view", "now").err == "1 more in All.\n"
    assert queue("list", "mouse", "--view", "all").err == ""


@pytest.mark.parametrize(
    "argv", [["--limit", "0"], ["--limit", "-1"], ["--limit=x"], ["--view", "mine"], ["--limit"]]
)
def test_wrong_values_are_refused(queue: Shell, argv: list[str]) -> None:
    assert queue("list", *argv).code == 2


def test_no_folder_is_an_empty_list_and_makes_none(shell: Shell, desk_folder: Path) -> None:
    assert (shell("list").code, shell("list").out) == (0, "")
    assert shell("list", "--json").json == []
    assert shell("list", "printer").code == 0
    assert shell("next").out == ""
    assert shell("next", "--json").out == "null\n"
    assert not desk_folder.exists()


def test_a_damaged_file_is_no_empty_list(shell: Shell, desk_folder: Path) -> None:
    desk_folder.mkdir()
    (desk_folder / "deskmate.db").write_bytes(b"no database at all" * 100)
    for argv in (["list"], ["list", "--json"], ["next"], ["show", "1"], ["add", "x"]):
        ended = shell(*argv)
        assert (ended.code, ended.out) == (1, "")
        assert "damaged" in ended.err


def test_next_says_why(queue: Shell) -> None:
    ended = queue("next")
    assert ended.out.startswith("D-2  P1  new")
    assert ended.out.endswith("(P1 comes first)\n")
    assert len(ended.out.splitlines()) == 1
    found = queue("next", "--json").json
    assert list(found) == FIELDS
    assert found["number"] == "D-2"


def test_next_among_what_matches_keeps_the_order_of_the_queue(queue: Shell) -> None:
    assert queue("next", "mouse").out.startswith("D-4  P2")
    assert queue("next", "nothing like it").out == ""
    assert queue("next", "?", "--json").json is None


def test_next_for_every_reason(shell: Shell) -> None:
    shell("add", "one")
    assert "not triaged yet" in shell("next").out
    shell("priority", "1", "3")
    assert "the highest priority, due first" in shell("next").out
    shell("add", "two >2026-01-05T15:30")
    shell("priority", "2", "3")
    assert "the highest priority, overdue" in shell("next").out
    shell("wait", "1", "requester")
    shell("resolve", "2")
    shell("add", "three")
    shell("priority", "3", "1")
    assert "P1 comes first" in shell("next").out


def test_in_a_terminal_lines_fit(queue: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    queue("add", "wide 幅 " * 30, "--from", "Somebody with a name that is far too long to be shown")
    monkeypatch.setattr("deskmate.cli.rows.columns", lambda: 70)
    lines = queue("list").out.splitlines()
    assert max(map(len, lines)) <= 70
    assert any("…" in line for line in lines)


def test_a_reader_that_has_seen_enough_is_no_error(queue: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_text: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("deskmate.cli.read.say", gone)
    assert main(["list"]) == 0


def test_a_view_of_ones_own_is_a_view_here_too(queue: Shell, desk_folder: Path) -> None:
    desk = Desk(str(desk_folder), actor="test")
    desk.run(SaveView("My mice", "is:now mouse"))
    desk.close()
    assert numbers(queue("list", "--view", "my mice").out) == ["D-4", "D-1"]
    ended = queue("list", "--view", "my-mice", "prio:<=2 OR status:resolved")
    assert (numbers(ended.out), ended.err) == (["D-4"], "2 more in All.\n")
    assert queue("list", "--view", "my mice", "?").out == ""
    assert "my mice" in queue("list", "--view", "nobody's").err


def test_what_is_due_before_the_door_closes_comes_by_itself(shell: Shell) -> None:
    shell("hours", "mon-sun", "0-24")
    shell("add", "later >+3d")
    assert shell("next", "--eod").err.endswith("Nothing is due before you close today.\n")
    shell("add", "soon >+1m")
    shell("add", "sooner >+1m")
    ended = shell("next", "--eod")
    assert ended.out.startswith("D-2  –")
    assert "1 more before" in ended.err
    assert shell("next", "--eod", "sooner", "--json").json["number"] == "D-3"


@pytest.mark.parametrize("away", [("wait", "vendor"), ("park",), ("resolve",)], ids=" ".join)
def test_a_promise_for_today_is_due_today_wherever_its_request_is(shell: Shell, away: tuple[str, ...]) -> None:
    shell("hours", "mon-sun", "0-24")
    shell("add", "call me")
    shell("promise", "D-1", "call", "back", "--by", "+1m")
    shell(away[0], "D-1", *away[1:])
    assert shell("next").out == ""
    ended = shell("next", "--eod").out
    assert ended.startswith("D-1  –")
    assert "(promised " in ended
    assert shell("next", "--eod", "call").out == ended
