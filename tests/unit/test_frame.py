"""The lines of the queue: each exactly as wide as it is told, whatever is in them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.news import News
from deskmate.domain.text import clean, width
from deskmate.domain.views import OwnView, View
from deskmate.tui import frame, themes
from deskmate.tui.frame import Spans
from tests import nasty

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
NASTY = [clean(text)[0][:200] for _id, text in nasty.entries()]
RAW = [text[:300] for _id, text in nasty.entries()]  # as a file from elsewhere may hold it

texts = st.one_of(st.sampled_from(NASTY), st.sampled_from(RAW), st.text(max_size=80))
widths = st.integers(20, 200)


def row(number: int = 17, **fields: Any) -> tuple[Any, ...]:
    """A row as the store gives it."""
    whole = {
        "priority": 2,
        "status": "open",
        "title": "Printer jams",
        "who": "A. Weber",
        "known": 1,
        "due_at": None,
        "due_kind": None,
        "draft": 0,
        "created_at": "2026-11-20T08:00:00.000Z",
        "channel": "door",
        "version": 1,
        "vip": 0,
        "unread": 0,
        "waiting_on": None,
        "waiting_for": None,
        "waiting_since": None,
        "wake_at": None,
        "woken": 0,
        "chases": 0,
        "soon_at": None,
        "held_at": None,
        "unsent": 0,
        "promised_at": None,
        "check_at": None,
    } | fields
    return (number, *whole.values())


def text_of(spans: Spans) -> str:
    return "".join(text for text, _style in spans)


def cells(spans: Spans) -> int:
    return sum(width(text) for text, _style in spans)


def assert_fits(spans: Spans, columns: int) -> None:
    assert cells(spans) == columns
    assert width(text_of(spans)) == columns  # no part joins with its neighbour to something narrower
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in text_of(spans))
    assert all(style in themes.STYLES for _text, style in spans)


@given(
    columns=widths,
    title=texts,
    who=texts,
    number=st.integers(1, 2_000_000),
    status=st.sampled_from(["new", "open", "waiting", "resolved", "closed", "dropped", "void"]),
    priority=st.sampled_from([None, 1, 2, 3, 4]),
    due=st.one_of(st.none(), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1))),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_a_request_fills_its_line_exactly(
    columns: int,
    title: str,
    who: str,
    number: int,
    status: str,
    priority: int | None,
    due: datetime | None,
    flags: tuple[bool, bool, bool, bool],
) -> None:
    cursor, marked, known, draft = flags
    due_at = f"{due:%Y-%m-%dT%H:%M:%S}.000Z" if due else None
    given_row = row(
        number,
        priority=priority,
        status=status,
        title=title,
        who=who,
        known=int(known),
        due_at=due_at,
        due_kind="n" if due else None,
        draft=int(draft),
    )
    spans = frame.request_line(given_row, columns, frame.number_width(number), NOW, cursor=cursor, marked=marked)
    assert_fits(spans, columns)


@pytest.mark.parametrize("columns", range(20, 201, 9))
def test_every_nasty_text_fits_every_line(columns: int) -> None:
    for text in (*NASTY, *RAW):
        for spans in (
            frame.request_line(row(title=text, who=text), columns, 6, NOW, cursor=True, marked=True),
            frame.tabs_line(
                columns, list(View), View.NEW, {View.NOW: 7, View.NEW: 2000}, "3/7", text, "3 more in All"
            ),
        ):
            assert_fits(spans, columns)


@given(
    columns=widths,
    view=st.sampled_from(list(View)),
    counts=st.dictionaries(st.sampled_from(list(View)), st.integers(0, 2_000)),
    position=st.sampled_from(["0/0", "3/7", "256/256+", "999999/1000000, newest first"]),
    query=texts,
    hidden=st.sampled_from(["", "3 more in All"]),
)
def test_the_tabs_fill_their_line_exactly(
    columns: int, view: View, counts: dict[View, int], position: str, query: str, hidden: str
) -> None:
    spans = frame.tabs_line(columns, list(View), view, counts, position, query, hidden)
    assert_fits(spans, columns)
    if width(position) < columns:
        assert text_of(spans).endswith(f"{position} ")


DOOR: Spans = [("● OPEN", "good"), (" until 12:00", "dim")]


@given(widths, st.builds(News, *[st.integers(0, 2_000)] * 6), st.sampled_from([[], [("▶ D-17 0:04:31", "")]]))
def test_the_top_fills_its_line_exactly(columns: int, news: News, focus: Spans) -> None:
    assert_fits(frame.top_line(columns, news, DOOR, focus), columns)


@given(st.lists(st.tuples(texts.map(lambda text: clean(text)[0]), st.just("")), max_size=6), st.integers(0, 120))
def test_cut_is_exact(spans: Spans, columns: int) -> None:
    assert cells(frame.cut(spans, columns)) == columns


@given(texts.map(lambda text: clean(text)[0]), st.integers(0, 40))
def test_fit_right_is_exact(text: str, columns: int) -> None:
    assert width(frame.fit_right(text, columns)) == columns


def test_what_a_request_line_says() -> None:
    due_at = "2026-11-20T08:00:00.000Z"
    spans = frame.request_line(row(1042, due_at=due_at, due_kind="n", known=0), 80, 6, NOW, cursor=True, marked=True)
    assert text_of(spans) == f"▌◆P2 ● D-1042 {'Printer jams':<40} {'A. Weber?':<12} {'▲ 1 h n':>11} "
    assert ("▲ 1 h n", "overdue") in spans


def test_a_narrow_list_leaves_the_requester_out_and_keeps_the_due_time() -> None:
    given_row = row(due_at="2026-11-20T15:40:00.000Z", due_kind="n")
    assert "Weber" in text_of(frame.request_line(given_row, 72, 6, NOW, cursor=False, marked=False))
    narrow = text_of(frame.request_line(given_row, 71, 6, NOW, cursor=False, marked=False))
    assert "Weber" not in narrow
    assert narrow.endswith("16:40 n ")


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        ("2026-11-24T09:15:00.000Z", "Tue 10:15 n"),
        ("2026-12-24T09:15:00.000Z", "24 Dec n"),
        ("2027-12-24T09:15:00.000Z", "24 Dec 2027"),
        ("2025-12-24T09:15:00.000Z", "▲ 330 d n"),
    ],
)
@pytest.mark.parametrize("columns", [46, 80, 120])
def test_a_due_time_is_never_cut(due_at: str, said: str, columns: int) -> None:
    spans = frame.request_line(row(due_at=due_at, due_kind="n"), columns, 6, NOW, cursor=False, marked=False)
    assert text_of(spans).endswith(f" {said} ")


@pytest.mark.parametrize("status", ["resolved", "closed", "dropped"])
def test_what_has_ended_is_never_overdue(status: str) -> None:
    ended = row(status=status, due_at="2026-11-19T08:00:00.000Z", due_kind="n")
    spans = frame.request_line(ended, 80, 6, NOW, cursor=False, marked=False)
    assert "▲" not in text_of(spans)
    assert {style for text, style in spans if text.strip()} <= {"dim", "good"}


def test_each_status_has_a_glyph_of_its_own_or_shares_it_on_purpose() -> None:
    assert len(set(frame.GLYPHS.values())) == len(frame.GLYPHS) - 2  # resolved and closed; dropped and void
    assert all(width(glyph) == 1 for glyph in frame.GLYPHS.values())


def test_a_draft_shows() -> None:
    assert "✎" in text_of(frame.request_line(row(draft=1), 80, 6, NOW, cursor=False, marked=False))


def test_a_title_that_is_nothing_is_called_so() -> None:
    assert "(untitled)" in text_of(frame.request_line(row(title=""), 80, 6, NOW, cursor=False, marked=False))


def test_the_top_line_says_only_what_there_is() -> None:
    assert text_of(frame.top_line(80, News(), DOOR)).strip() == "● OPEN until 12:00"
    assert text_of(frame.top_line(80, News(p1=1, overdue=2), DOOR)).endswith("  1 P1 · 2 overdue ")
    focus = [("▶ D-17 0:04:31", "")]
    line = text_of(frame.top_line(80, News(1, 2, 3, 4, 5, 6), DOOR, focus))
    assert line.startswith(" ● OPEN until 12:00   ▶ D-17 0:04:31  "), "the same places for the same things"
    assert line.endswith("  1 P1 · 2 overdue · 3 promises due "), "no more than three"
    assert text_of(frame.top_line(80, News(held=3, checks=1), DOOR)).endswith("  3 held · 1 check due ")
    assert text_of(frame.top_line(80, News(checks=2), DOOR)).endswith("  2 checks due ")
    assert "999+ untriaged" in text_of(frame.top_line(80, News(untriaged=1_000), DOOR))


def test_a_search_in_force_is_shown_with_what_it_hides() -> None:
    text = text_of(
        frame.tabs_line(80, list(View), View.NEW, {View.NOW: 7, View.NEW: 1}, "1/1", "vpn", "3 more in All")
    )
    assert "/vpn  3 more in All" in text
    assert "New 1   /vpn" in text
    assert "Resolved" not in text


@given(widths, st.lists(texts, min_size=1, max_size=6), texts)
def test_tabs_of_any_name_fill_their_line_exactly(columns: int, names: list[str], query: str) -> None:
    tabs = [*View, *(OwnView(number, name, "jam") for number, name in enumerate(names, 1))]
    for typed in ("", query):
        assert_fits(frame.tabs_line(columns, tabs, tabs[-1], {View.NOW: 7}, "3/7", typed, ""), columns)


@pytest.mark.parametrize("columns", [40, 60, 80, 160])
def test_the_current_view_is_in_sight_however_many_there_are(columns: int) -> None:
    tabs = [*View, *(OwnView(number, f"Number {number}", "jam") for number in range(1, 20))]
    for tab in tabs:
        spans = frame.tabs_line(columns, tabs, tab, {View.NOW: 7}, "3/7", "", "")
        assert_fits(spans, columns)
        assert [text for text, style in spans if style == "tab-on"] in (["Now 7"], [tab.tab], [f"{tab.tab} …"])
        assert text_of(spans).startswith("‹") is (text_of(spans)[1:4] != "Now")


def test_a_vip_has_a_star_whatever_the_name() -> None:
    shown = text_of(frame.request_line(row(vip=1), 80, 6, NOW, cursor=False, marked=False))
    assert "A. Weber ★ " in shown
    long = row(vip=1, who="Wolfeschlegelsteinhausen")
    shown = text_of(frame.request_line(long, 80, 6, NOW, cursor=False, marked=False))
    assert "Wolfeschl… ★" in shown
    assert len(shown) == 80


def test_what_was_not_sent_is_louder_than_any_date() -> None:
    late = row(due_at="2026-11-19T08:00:00.000Z", due_kind="r", unread=1, unsent=1)
    line = text_of(frame.request_line(late, 80, 6, NOW, cursor=False, marked=False))
    assert line.split()[:2] == ["P2", "!"]
    assert line.rstrip().endswith("not sent")
