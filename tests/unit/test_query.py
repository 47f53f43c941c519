"""What is typed to find something, and what is understood of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import instant
from deskmate.domain.query import All, Either, Is, Node, Not, Query, Words, joined, parse
from deskmate.domain.views import View
from tests import nasty

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday
NASTY = [pytest.param(text, id=name) for name, text in nasty.entries()]


def at(text: str) -> str:
    """A local time as it is stored."""
    return instant.to_text(datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo))


def read(text: str) -> tuple[Node, ...]:
    return parse(text, NOW).root.parts


def test_the_query_of_the_manual() -> None:
    found = parse('status:open prio:<=2 from:alice room:2 #Printer overdue -tag:vpn "paper jam"', NOW)
    assert found.root.parts == (
        Is("status", "=", "open"),
        Is("prio", "<=", 2),
        Words("alice", "who"),
        Is("room", "begins", "2"),
        Is("tag", "=", "printer"),
        All([Is("open"), Is("due", "<", instant.to_text(NOW))]),
        Not(Is("tag", "=", "vpn")),
        Words("paper jam", whole=True),
    )
    assert (found.number, found.unclear, found.empty) == (None, (), False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("jam", (Words("jam"),)),
        ('vpn "out of  paper" down', (Words("vpn"), Words("out of  paper", whole=True), Words("down"))),
        ('"paper jam', (Words("paper"), Words("jam"))),
        ("@ana #42b", (Words("ana", "who"), Is("tag", "=", "42b"))),
        ('from:"ana weber"', (Words("ana weber", "who"),)),
        ("title:jam note:=fuser", (Words("jam", "title"), Words("fuser", "noted", whole=True))),
        ("aa bb OR cc", (Either([All([Words("aa"), Words("bb")]), Words("cc")]),)),
        ("aa (bb OR cc)", (Words("aa"), Either([Words("bb"), Words("cc")]))),
        ("-(aa OR bb)", (Not(Either([Words("aa"), Words("bb")])),)),
        ("--aa", (Words("aa"),)),
        ("via:mail,phone", (Either([Is("via", "=", "mail"), Is("via", "=", "phone")]),)),
        ("s:res", (Is("status", "=", "resolved"),)),
        ("outcome:no", (Either([Is("outcome", "=", "no fault found"), Is("outcome", "=", "no answer")]),)),
        ("outcome:answer", (Is("outcome", "=", "no answer"),)),
        ("p:1..2", (Is("prio", ">=", 1), Is("prio", "<=", 2))),
        ("prio>=p3", (Is("prio", ">=", 3),)),
        ("prio:1,none", (Either([Is("prio", "=", 1), Is("prio", "none")]),)),
        ("id:D-10..", (Is("id", ">=", 10),)),
        ("cause=Fuser", (Is("cause", "=", "Fuser"),)),
        ("cause:none", (Is("cause", "none"),)),
        ("has:dev", (Not(Is("device", "none")),)),
        ("has:draft", (Is("draft"),)),
        ("is:parked", (Is("view", "=", View.PARKED),)),
        ("is:closed", (Is("status", "=", "closed"),)),
        ("is:vip VIP", (Is("vip"), Is("vip"))),
        ("waiting:vendor on:=acme", (Is("on", "begins", "vendor"), Is("on", "=", "acme"))),
        ("due:<fri", (Is("due", "<", at("2026-11-27")),)),
        ("due:<=fri", (Is("due", "<", at("2026-11-28")),)),
        ("due:today", (Is("due", ">=", at("2026-11-20")), Is("due", "<", at("2026-11-21")))),
        ("due>today", (Is("due", ">=", at("2026-11-21")),)),
        ("due:2h", (Is("due", "<=", at("2026-11-20T12:47")),)),
        ('due:"4 dec"', (Is("due", ">=", at("2026-12-04")), Is("due", "<", at("2026-12-05")))),
        ("due:today..tom", tuple(Is("due", op, at(day)) for op, day in ((">=", "2026-11-20"), ("<", "2026-11-22")))),
        ("age:>3d", (Is("created", "<", at("2026-11-17T10:47")),)),
        ("age:3d", (Is("created", "<=", at("2026-11-17T10:47")), Is("created", ">", at("2026-11-16T10:47")))),
        ("updated:<2h", (Is("updated", ">", at("2026-11-20T08:47")),)),
        ("updated:mon", (Is("updated", ">=", at("2026-11-16")), Is("updated", "<", at("2026-11-17")))),
        ("updated:fri", (Is("updated", ">=", at("2026-11-20")), Is("updated", "<", at("2026-11-21")))),
        ("updated>=yesterday", (Is("updated", ">=", at("2026-11-19")),)),
    ],
)
def test_what_is_understood(text: str, parts: tuple[Node, ...]) -> None:
    found = parse(text, NOW)
    assert found.root.parts == parts
    assert found.unclear == ()


@pytest.mark.parametrize(
    "text",
    ["http://x.org", "10:30", "re: ", "f(xx)", "a-b", "it's", "won't", "error:0x80", "=cmd", "AND", "or"],
)
def test_what_is_no_field_is_words(text: str) -> None:
    assert read(text) == (Words(text.strip()),)


@pytest.mark.parametrize(
    "text",
    [
        "prio:",
        "due:<",
        "via:,",
        "s:",
        "-",
        "- ",
        "((",
        "()",
        '"',
        '""',
        "OR",
        "( OR )",
        "a OR",
        "x",
        "-p",
        "#",
        "@",
        "@x",
        "title:x",
        ":",
        "<",
        "--",
        "is:",
        "has:",
        "*",
    ],
)
def test_what_says_nothing_yet_leaves_nothing_out(text: str) -> None:
    found = parse(text, NOW)
    assert (found.empty, found.unclear) == (True, ())


@pytest.mark.parametrize(
    "text",
    [
        "prio:7",
        "due:<tomorow",
        "age:old",
        "updated:2h..x",
        "status:zz",
        "status:<open",
        "is:nothing",
        "has:zz",
        "id:x",
        "prio:1..x",
        "outcome:>2",
        "is:none",
    ],
)
def test_a_value_that_is_not_understood_is_named_and_left_out(text: str) -> None:
    found = parse(f"jam {text}", NOW)
    assert (found.root.parts, found.unclear) == ((Words("jam"),), (text,))


def test_every_beginning_of_a_query_is_a_query() -> None:
    text = '-(status:open,new prio:<=2 OR due:"4 dec"..) from:"ana weber" #printer -"paper jam" age:>3d'
    for end in range(len(text) + 1):
        parse(text[:end], NOW)


PIECES = st.sampled_from(
    [
        "(",
        ")",
        "-",
        '"',
        " ",
        " OR ",
        ":",
        "<=",
        "..",
        ",",
        "none",
        "due:",
        "prio:",
        "is:",
        "age:",
        "#",
        "@",
        "fri",
        "3d",
        "2026-11-31",
        "9999-12-31",
        "0001-01-01",
        "99999w",
        "open",
        "漢",
        "\ud800",
        "\x00",
        "x",
        "jam",
        "id:",
        "9" * 20,
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(st.characters(codec=None)))
def test_no_text_is_an_error(text: str) -> None:
    parse(text, NOW)
    parse(text, NOW.replace(year=1))
    parse(text, NOW.replace(year=9999, month=12, day=31))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_queries_are_only_queries(text: str) -> None:
    for each in (text, f'jam "{text}', f'title:"{text}"', f"({text}) OR -{text}"):
        parse(each, NOW)


@pytest.mark.parametrize("text", ["1042", "D-1042", "d1042", "#1042", " d-1042 "])
def test_a_number_alone_is_the_number_of_a_request(text: str) -> None:
    assert parse(text, NOW).number == 1042
    assert read(text) == (Words(text.strip().removeprefix("#")),)
    assert read("7") == (Is("id", "=", 7),)


@pytest.mark.parametrize("text", ["#vpn", "1042 vpn", "D-", "#", "-1042", "²"])
def test_other_things_are_not(text: str) -> None:
    assert parse(text, NOW).number is None


@pytest.mark.parametrize(
    ("text", "enough"),
    [("p", False), ("pa", True), ("p j", False), ("漢", True), ("é", False), ('"p"', False), ('"a b"', True),
     ("42", True), ("--", False), ("", False)],
)  # fmt: skip
def test_two_letters_are_worth_a_search(text: str, enough: bool) -> None:
    assert parse(text, NOW).empty is not enough


def size(node: Node) -> int:
    if isinstance(node, All | Either):
        return 1 + sum(map(size, node.parts))
    return 1 + size(node.part) if isinstance(node, Not) else 1


def depth(node: Node) -> int:
    if isinstance(node, All | Either):
        return 1 + max(map(depth, node.parts), default=0)
    return 1 + depth(node.part) if isinstance(node, Not) else 1


@pytest.mark.parametrize(
    "page", [" ".join(f"w{number}" for number in range(100_000)), "(" * 100_000 + "jam", "-(aa OR " * 9_000,
             "via:" + "mail," * 9_000, "x" * 100_000, "-" * 100_000 + "jam"],
)  # fmt: skip
def test_a_pasted_page_stays_a_small_query(page: str) -> None:
    root = parse(page, NOW).root
    assert size(root) < 300
    assert depth(root) < 40


def test_the_view_a_query_lies_in() -> None:
    assert parse("is:waiting on:vendor", NOW).view is View.WAITING
    assert parse("is:waiting OR jam", NOW).view is None
    assert parse("-is:waiting", NOW).view is None
    assert parse("waiting", NOW).view is None


@pytest.mark.parametrize(
    ("outer", "inner", "both"),
    [("", "jam", "jam"), ("is:now ", " jam", "is:now jam"), ("aa OR bb", "cc", "(aa OR bb) cc"), ("aa", "", "aa")],
)
def test_two_queries_become_one(outer: str, inner: str, both: str) -> None:
    assert joined(outer, inner) == both
    assert set(read(both)) == set(parse(inner, NOW).within(parse(outer, NOW)).root.parts)


def test_a_query_within_another_keeps_its_number_and_what_is_unclear() -> None:
    outer, inner = parse("is:now due:zz", NOW), parse("7", NOW)
    assert inner.within(outer).number == 7
    assert inner.within(outer).unclear == ("due:zz",)
    assert Query(All()).within(Query(All())).empty


def test_a_change_of_the_clock_makes_no_day_shorter() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=NOW.tzinfo)
    start, end = parse("due:tomorrow", before).root.parts
    assert isinstance(start, Is)
    assert isinstance(end, Is)
    length = instant.from_text(str(end.value)) - instant.from_text(str(start.value))
    assert length == timedelta(hours=25)
