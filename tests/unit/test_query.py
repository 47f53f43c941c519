"""What is typed to find something."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.query import Query, match, parse
from tests import nasty

NASTY = [pytest.param(text, id=name) for name, text in nasty.entries()]


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "CREATE VIRTUAL TABLE found USING fts5"
        "(title, said, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4 5 6')"
    )
    conn.executemany(
        "INSERT INTO found(rowid, title, said) VALUES (?, ?, ?)",
        [
            (1, "Printer jams", "the paper jam is back, café on 2nd floor"),
            (2, "paper tray", "jam on the table"),
            (3, "VPN drops D-1042", "error 0x80070005 in C# and a-b"),
            (4, "漢字 印刷", "プリンタ"),
            (5, "x", "nothing"),
        ],
    )
    yield conn
    conn.close()


def found(conn: sqlite3.Connection, text: str) -> list[int] | None:
    expression = match(parse(text))
    if expression is None:
        return None
    rows = conn.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid", (expression,))
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("print", [1]),
        ("paper jam", [1, 2]),
        ('"paper jam"', [1]),
        ('"paper jam', [1, 2]),
        ("CAFE", [1]),
        ("pap ja", [1, 2]),
        ('tray "the table"', [2]),
        ("0x8007", [3]),
        ("d-1042", [3]),
        ("#1042", [3]),
        ("a-b", [3]),
        ("漢", [4]),
        ("x", [5]),
        ("q jam", [1, 2]),
        ("( jam", [1, 2]),
        ("jam -", [1, 2]),
        ("jam #vpn", [1, 2]),
        ("AND", [3]),
        ("jam OR vpn", []),
        ("jam NOT paper", []),
        ("title:paper", []),
        ("NEAR(", []),
        ("#vpn", None),
        ('"', None),
        ("- ( * ^", None),
        ("", None),
    ],
)
def test_finds(index: sqlite3.Connection, text: str, rows: list[int] | None) -> None:
    assert found(index, text) == rows


@pytest.mark.parametrize("text", NASTY)
def test_nasty_queries_are_only_queries(index: sqlite3.Connection, text: str) -> None:
    found(index, text)
    found(index, f'jam "{text}')
    found(index, f'"{text}"')


@given(st.text(st.one_of(st.sampled_from('"*():^-+#{}\\\x00 ab漢é\ud800'), st.characters(codec=None))))
def test_no_text_is_an_error(index: sqlite3.Connection, text: str) -> None:
    found(index, text)


@given(st.text('ab "#-(', max_size=12))
def test_a_searchable_query_has_an_expression(text: str) -> None:
    query = parse(text)
    assert not query.searchable or match(query) is not None


@pytest.mark.parametrize("text", ["1042", "D-1042", "d1042", "#1042", " d-1042 "])
def test_a_number_alone_is_the_number_of_a_request(text: str) -> None:
    assert parse(text).number == 1042
    assert parse(text).tags == ()


@pytest.mark.parametrize("text", ["#vpn", "1042 vpn", "D-", "#", "-1042", "²"])
def test_other_things_are_not(text: str) -> None:
    assert parse(text).number is None


def test_the_parts_keep_their_order() -> None:
    query = parse('vpn #Net "out of  paper" down # #42b')
    assert query.words == ("vpn", "down", "#")
    assert query.phrases == ("out of  paper",)
    assert query.tags == ("Net", "42b")


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("p", False),
        ("pa", True),
        ("p j", False),
        ("漢", True),
        ("é", False),
        ("é", False),
        ('"p"', False),
        ('"a b"', True),
        ("42", True),
        ("#vpn", False),
        ("--", False),
        ("", False),
    ],
)
def test_two_letters_are_worth_a_search(text: str, enough: bool) -> None:
    assert parse(text).searchable is enough


def test_a_quote_in_a_word_ends_no_string(index: sqlite3.Connection) -> None:
    expression = match(Query(words=('pap"er',), phrases=('the "paper" jam',)))
    assert index.execute("SELECT rowid FROM found WHERE found MATCH ?", (expression,)).fetchall() == []


def test_a_pasted_page_stays_a_small_expression() -> None:
    expression = match(parse(" ".join(f"w{number}" for number in range(100_000)) + "x" * 100_000))
    assert expression is not None
    assert expression.count(" ") < 20
    assert len(expression) < 2000


def test_a_long_phrase_is_found_by_its_beginning(index: sqlite3.Connection) -> None:
    index.execute("INSERT INTO found(rowid, title) VALUES (6, ?)", ("zebra " * 20,))
    try:
        assert found(index, '"' + "zebra " * 15 + '"') == [6]
    finally:
        index.execute("DELETE FROM found WHERE rowid = 6")
