"""Requests out of a table: what is understood, what is refused, and what counts as a change."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import instant
from deskmate.domain.channel import Channel
from deskmate.domain.imported import ImportRow
from deskmate.domain.priority import Impact, Urgency
from deskmate.domain.status import Status
from deskmate.domain.text import TITLE_LIMIT, clean
from deskmate.errors import UsageError
from deskmate.formats.csv_table import Table, read
from deskmate.formats.request_csv import FIELDS, check_mapping, guess_mapping, requests

ZURICH = ZoneInfo("Europe/Zurich")
QUESTIONS = Path(__file__).parents[1] / "data" / "questions-shape.csv"
MAPPING = {
    "id": "id", "title": "title", "body": "content", "created_at": "created", "updated_at": "updated",
    "tags": "tags", "requester": "creator",
}  # fmt: skip


def table(**cells: str) -> Table:
    return Table(tuple(cells), [(2, list(cells.values()))], "utf-8", ",")


def one(**cells: str) -> ImportRow:
    rows, failures = requests(table(**{"title": "t", **cells}), {}, ZURICH)
    assert failures == []
    return rows[0]


def reason(**cells: str) -> str:
    rows, failures = requests(table(**{"title": "t", **cells}), {}, ZURICH)
    assert rows == []
    assert failures[0].line == 2
    return failures[0].reason


def test_a_file_of_questions() -> None:
    source = read(QUESTIONS.read_bytes())
    rows, failures = requests(source, MAPPING, ZURICH)
    assert failures == []
    assert len(rows) == len(source.rows) == 40
    by_id = {row.origin: row for row in rows}
    vpn = by_id["90004"]
    assert vpn.title == "VPN drops every ten minutes"
    assert vpn.body == (
        "The VPN drops after about 10 minutes. Error text:\n\n"
        "TLS handshake failed\n  reason: peer <10.0.0.1> timed out\n\n  retry in 30 s\n\nWhat can I do?"
    )
    assert vpn.created_at == "2025-03-04T16:07:01.000Z"
    assert vpn.tags == ("vpn", "network")
    assert vpn.requester == "user01"
    assert (vpn.status, vpn.priority, vpn.channel) == (Status.NEW, None, None)
    assert by_id["90010"].body.endswith("J'ai essayé :\n\n1. redémarrer\n2. débrancher l'alimentation")
    assert "this page (https://intranet.example.org/kb/calendar?id=12&lang=en)" in by_id["90025"].body
    assert "javascript" not in by_id["90028"].body
    assert by_id["90100"].body == "Spalte | Wert\nHöhe | 12 px\nBreite | 7 px\n\nSo sollte es aussehen."
    assert by_id["90106"].body == "plain text, no markup, 3 < 4 and List<String>"
    long = by_id["90109"]
    assert len(long.title) <= TITLE_LIMIT
    assert long.title.endswith("…")
    assert long.body.startswith(long.title[:-1])
    assert long.body.endswith("until it ends\n\nShort body.")
    assert by_id["90112"].title == "No title was given here."
    assert by_id["90118"].tags == ()
    for row, (_, cells) in zip(rows, source.rows, strict=True):
        assert list(json.loads(row.raw).items()) == list(zip(source.columns, cells, strict=True))
        assert clean(row.body, multiline=True) == (row.body, 0)
        assert "<p>" not in row.body


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2025-02-28T16:00:38Z", "2025-02-28T16:00:38.000Z"),
        ("2025-02-28 16:00:38 -0800", "2025-03-01T00:00:38.000Z"),
        ("2025-02-28T16:00:38.1239+05:30", "2025-02-28T10:30:38.123Z"),
        ("2025-02-28 16:00 +0100", "2025-02-28T15:00:00.000Z"),
        ("2025-02-28 16:00:38 UTC", "2025-02-28T16:00:38.000Z"),
        ("2025-07-01 16:00", "2025-07-01T14:00:00.000Z"),
        ("20250228T160038Z", "2025-02-28T16:00:38.000Z"),
        (" 2025-02-28 ", "2025-02-27T23:00:00.000Z"),
        ("28-02-2025 16:05", "2025-02-28T15:05:00.000Z"),
        ("1-7-2025 6:05:09", "2025-07-01T04:05:09.000Z"),
        ("28-02-2025", "2025-02-27T23:00:00.000Z"),
        ("2025-03-30 02:30", "2025-03-30T01:30:00.000Z"),  # in the gap: forward
        ("2025-10-26 02:30", "2025-10-26T00:30:00.000Z"),  # twice: the first
        ("?", ""),
        ("", ""),
    ],
)
def test_times(written: str, stored: str) -> None:
    row = one(created_at=written, updated_at=written, resolved_at=written)
    assert (row.created_at, row.updated_at, row.resolved_at) == (stored, stored, stored or None)


@pytest.mark.parametrize(
    "written",
    ["yesterday", "03/04/2025", "2025-02-30", "31-02-2025", "2025-02-28 25:00", "1740787238", "20250228016",
     "2025-02-28x16:00", "12-2025", "0001-01-01", "9999-12-31 23:59 -0100", "２０２５-01-01"],
)  # fmt: skip
def test_a_time_in_doubt_fails_the_row(written: str) -> None:
    assert written in reason(resolved_at=written)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.sampled_from("T "))
def test_any_instant_comes_back(moment: datetime, between: str) -> None:
    stored = instant.to_text(moment.replace(tzinfo=UTC))
    assert one(created_at=stored).created_at == stored
    assert one(created_at=moment.isoformat(between) + " +0000").created_at == stored


@pytest.mark.parametrize(
    ("word", "status"),
    [(status.value, status) for status in Status]
    + [
        ("In Progress", Status.OPEN),
        ("in_progress", Status.OPEN),
        ("Active", Status.OPEN),
        ("Pending", Status.WAITING),
        ("On-Hold", Status.WAITING),
        ("Awaiting User Info", Status.WAITING),
        ("Waiting for customer", Status.WAITING),
        (" Solved ", Status.RESOLVED),
        ("6 - Resolved", Status.RESOLVED),
        ("Cancelled", Status.DROPPED),
        ("Won't Fix", Status.DROPPED),
        ("", Status.NEW),
        ("?", Status.NEW),
    ],
)
def test_status(word: str, status: Status) -> None:
    assert one(status=word).status is status


def test_a_time_of_resolution_without_a_status_means_resolved() -> None:
    assert one(resolved_at="2025-01-01").status is Status.RESOLVED
    assert one(resolved_at="2025-01-01", status="closed").status is Status.CLOSED
    assert one(resolved_at="?", status="").status is Status.NEW


@pytest.mark.parametrize(
    ("word", "priority"),
    [
        ("P1", 1), ("p4", 4), ("2", 2), ("1 - Critical", 1), ("2 - High", 2), ("3 - Moderate", 3), ("4 - Low", 4),
        ("5 - Planning", 4), ("critical", 1), ("Urgent", 1), ("HIGH", 2), ("medium", 3), ("normal", 3), ("low", 4),
        ("", None), ("?", None), ("–", None), ("none", None),
    ],
)  # fmt: skip
def test_priority(word: str, priority: int | None) -> None:
    assert one(priority=word).priority == priority


@pytest.mark.parametrize(
    ("word", "impact", "urgency"),
    [
        ("1 - High", Impact.EVERYONE, Urgency.STUCK),
        ("2 - Medium", Impact.SEVERAL, Urgency.SLOWED),
        ("3 - Low", Impact.ONE, Urgency.WAIT),
        ("high", Impact.EVERYONE, Urgency.STUCK),
        ("?", None, None),
    ],
)
def test_impact_and_urgency(word: str, impact: Impact | None, urgency: Urgency | None) -> None:
    row = one(impact=word, urgency=word)
    assert (row.impact, row.urgency) == (impact, urgency)


def test_our_own_words_are_understood() -> None:
    assert [one(impact=value.value).impact for value in Impact] == list(Impact)
    assert [one(urgency=value.value).urgency for value in Urgency] == list(Urgency)
    assert [one(channel=value.value).channel for value in Channel] == list(Channel)
    assert one(channel="E-Mail").channel is Channel.MAIL
    assert one(channel="Walk-in").channel is Channel.DOOR


@pytest.mark.parametrize("field", ["status", "priority", "impact", "urgency", "channel"])
def test_a_word_nobody_knows_fails_the_row(field: str) -> None:
    assert reason(**{field: "Frob\x1bnicated"}) == f'{field} "Frob␛nicated" is not known'


def test_names_and_tags() -> None:
    row = one(
        id=" 7\n", requester=" Anna\tB ", email="a@x.org", category="?", device="", tags="vpn; #WiFi,,VPN ;a b,?"
    )
    assert (row.origin, row.requester, row.email) == ("7", "Anna B", "a@x.org")
    assert (row.category, row.device, one(id="?").origin) == (None, None, "")
    assert row.tags == ("vpn", "WiFi", "a b")


def test_title_and_body_stand_in_for_each_other() -> None:
    assert one(title="two\nlines", body=" \n").body == ""
    assert one(title="two\nlines").title == "two lines"
    assert one(title=" ", body="\n\nfirst\nsecond").title == "first"
    assert one(title="", body="x" * 300).title == "x" * 199 + "…"
    assert one(title="", body="x" * 300).body == "x" * 300
    assert one(title="x" * TITLE_LIMIT).title == "x" * TITLE_LIMIT
    cut = one(title="word " * 50, body="more")
    assert cut.title == ("word " * 40).strip() + "…"
    assert cut.body == ("word " * 50).strip() + "\n\nmore"
    assert reason(title=" ", body="<p> </p>") == "no title and no text"


def test_foreign_bytes_do_not_pass() -> None:
    row = one(title="a\x1b[2Jb", body="<p>x\u202ey</p>", tags="\x07")
    assert row.title == "a␛[2Jb"
    assert row.body == "x⟨202e⟩y"
    assert row.tags == ("␇",)
    assert json.loads(row.raw)["title"] == "a\x1b[2Jb"


def test_the_digest_tells_what_was_understood() -> None:
    first = one(body="x", created_at="2025-01-01 12:00")
    assert len(first.digest) == 64
    assert first.digest == one(body="<p>x</p>", created_at="2025-01-01T11:00Z", other="column").digest
    assert first.digest == one(body="x", created_at="2025-01-01 12:00", status="?", tags=" ").digest
    digests = {first.digest} | {
        one(**{"body": "x", "created_at": "2025-01-01 12:00", field: value}).digest
        for field, value in [("title", "u"), ("body", "y"), ("status", "open"), ("tags", "a"), ("tags", "a;b")]
    }
    assert len(digests) == 6


def test_one_bad_row_does_not_take_the_others_along() -> None:
    source = read(b"title,priority\na,1\nb,nine\n,2\nc,3\n")
    rows, failures = requests(source, {}, UTC)
    assert [(row.line, row.title) for row in rows] == [(2, "a"), (5, "c")]
    assert [(failure.line, failure.reason) for failure in failures] == [
        (3, 'priority "nine" is not known'),
        (4, "no title and no text"),
    ]


def test_mapping_is_checked_by_name() -> None:
    columns = ("number", "Subject")
    check_mapping({"id": "number", "title": "Subject"}, columns)
    with pytest.raises(UsageError) as caught:
        check_mapping({"titel": "Subject"}, columns)
    assert "titel" in caught.value.message
    assert "Did you mean title?" in caught.value.hint
    with pytest.raises(UsageError) as caught:
        check_mapping({"title": "subject"}, columns)
    assert "subject" in caught.value.message
    assert caught.value.hint == "Did you mean Subject? There are: number, Subject"
    with pytest.raises(UsageError) as caught:
        requests(Table(columns, [], "utf-8", ","), {"id": "number"}, UTC)
    assert "number, Subject" in caught.value.hint


def test_without_a_mapping_columns_called_like_fields_are_taken() -> None:
    assert guess_mapping(("ID", "Title", "title", "titles", "Created_At")) == {
        "id": "ID", "title": "Title", "created_at": "Created_At",
    }  # fmt: skip
    assert guess_mapping(FIELDS) == {field: field for field in FIELDS}


def test_two_fields_may_share_a_column_and_rows_can_be_compared() -> None:
    source = read(b"what\nthe same\n")
    row = requests(source, {"title": "what", "id": "what"}, UTC)[0][0]
    assert row.title == row.origin == "the same"
    assert replace(row) == row


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=len(FIELDS), max_size=len(FIELDS)))
def test_any_row_is_read_or_failed(cells: list[str]) -> None:
    rows, failures = requests(Table(FIELDS, [(2, cells)], "utf-8", ","), {}, ZURICH)
    assert len(rows) + len(failures) == 1
