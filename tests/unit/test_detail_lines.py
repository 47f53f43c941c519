"""One request as lines: nothing too wide, nothing lost, and what is internal says so."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.category import Question
from deskmate.domain.channel import Channel
from deskmate.domain.priority import Priority
from deskmate.domain.request import Request
from deskmate.domain.status import Status
from deskmate.domain.text import clean, safe, width
from deskmate.domain.timeline import Attachment, Delivery, Detail, Entry, Event, Note, Other, Received, Reply
from deskmate.tui import detail_lines, themes
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans
from tests import nasty

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
AT = "2026-11-20T08:00:00.000Z"
NASTY = nasty.entries()
WIDE = "aé漢字👩🏽💻🖨⚠✔❤1#\ufe0f\u200d\u200c\u0301\u0308ー한🇩🇪न्म \n\t-"
texts = st.one_of(st.text(max_size=300), st.text(st.sampled_from(WIDE), max_size=200))


def request(**fields: Any) -> Request:
    whole: dict[str, Any] = dict.fromkeys(Request.__dataclass_fields__) | {
        "number": 1042,
        "title": "Printer jams",
        "status": Status.OPEN,
        "priority": Priority.P2,
        "channel": Channel.DOOR,
        "created_at": AT,
        "void": False,
        "version": 1,
        "tags": ("printer",),
        "links": (),
        "answers": (),
    }
    return Request(**(whole | fields))


def detail(*entries: Entry, who: str = "A. Weber", known: bool = True, **fields: Any) -> Detail:
    return Detail(request(**fields), who, known, entries, AT)


def note(text: str) -> Note:
    return Note(AT, text, len(text))


def text_of(line: Spans) -> str:
    return "".join(text for text, _style in line)


def page(*args: Any, columns: int = 80, **fields: Any) -> list[str]:
    return [text_of(line) for line in detail_lines.detail_lines(detail(*args, **fields), columns, NOW)]


def essence(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


@given(texts, st.integers(1, 90))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, columns: int) -> None:
    kept = safe(text, multiline=True)
    lines = wrap(kept, columns)
    assert essence("".join(lines)) == essence(kept)
    assert all(width(line) <= max(columns, 2) for line in lines)


@pytest.mark.parametrize("text", [text for _id, text in NASTY], ids=[name for name, _text in NASTY])
def test_every_nasty_text_is_wrapped_whole(text: str) -> None:
    kept = safe(text[:60_000], multiline=True)
    lines = wrap(kept, 38)
    assert essence("".join(lines)) == essence(kept)
    assert all(width(line) <= 38 for line in lines)


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap("every page comes out crumpled", 12) == ["every page", "comes out", "crumpled"]
    assert wrap("donaudampfschifffahrt ok", 10) == ["donaudampf", "schifffahr", "t ok"]
    assert wrap("one\n\nthree", 10) == ["one", "", "three"]
    assert wrap("", 10) == [""]


def test_a_tab_keeps_words_apart() -> None:
    (line,) = wrap("name\tvalue", 40)
    assert line.split() == ["name", "value"]


@pytest.mark.parametrize(
    "piece",
    ["A ", "x\n", "aaaaaaaaaa", "漢", "e\u0301", "👩\u200d", "❤\ufe0f"],
    ids=["words", "lines", "long", "wide", "marks", "joined", "emoji"],
)
def test_a_megabyte_is_looked_at_once(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not how long it takes, but how many characters are looked at: no more than a few times each.
    looked = 0

    def counted(measure: Any) -> Any:
        def count(text: str, *args: Any) -> Any:
            nonlocal looked
            looked += len(text)
            return measure(text, *args)

        return count

    for name in ("width", "fitting"):
        monkeypatch.setattr(detail_lines, name, counted(getattr(detail_lines, name)))
    text = piece * (1_000_000 // len(piece))
    lines = wrap(text, 78)
    assert looked <= 40 * len(text)  # what stops early is counted whole
    assert essence("".join(lines)) == essence(text)


def test_internal_is_said_of_notes_and_of_nothing_else() -> None:
    lines = page(
        Received(AT, "crumpled", 8),
        note("fuser at 212,000 pages"),
        Reply(AT, "I look at it", 12),
        Event(AT, "note", None, None),
    )
    internal = [index for index, line in enumerate(lines) if "INTERNAL" in line]
    assert len(internal) == 1
    assert lines[internal[0]].strip() == "09:00  INTERNAL  fuser at 212,000 pages"
    assert any("said" in line for line in lines)
    assert any("A. Weber" in line and "09:00" in line for line in lines)


def test_each_line_of_a_note_looks_internal() -> None:
    lines = detail_lines.detail_lines(detail(note("one\ntwo")), 80, NOW)
    styled = {text.strip(): style for line in lines for text, style in line}
    assert styled["INTERNAL"] == styled["one"] == styled["two"] == "internal"


@pytest.mark.parametrize("columns", [20, 38, 66, 80, 91, 160])
def test_no_line_of_a_request_is_wider_than_its_pane(columns: int) -> None:
    for name, text in NASTY:
        short = clean(text)[0]
        whole = detail(
            Received(AT, text[:3_000], len(text)),
            note(text[:3_000]),
            Event(AT, "tags", None, text[:300]),
            who=short[:120],
            known=False,
            title=short[:200],
            tags=tuple({short[:40] or "x", "vpn"}),
            resolution=short[:500],
        )
        for line in detail_lines.detail_lines(whole, columns, NOW):
            assert width(text_of(line)) <= columns, name
            assert all(style in themes.STYLES for _text, style in line)
            assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in text_of(line)), name


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_long_title_is_shown_whole(columns: int) -> None:
    title = " ".join(f"word{number}" for number in range(28))[:200]
    lines = page(title=title, columns=columns, who="Somebody With A Long Name")
    assert essence(title) in essence("".join(lines).replace("SomebodyWithALongName", "")).replace(
        "SomebodyWithALongName", ""
    )


def test_the_head_says_who_what_and_when() -> None:
    lines = page(due_at="2026-11-20T08:30:00.000Z", due_kind="n", known=False, resolution="new fuser")
    assert lines[0].split() == ["D-1042", "Printer", "jams", "A.", "Weber?"]
    assert lines[1].split() == ["P2", "●", "open", "door", "09:00", "▲", "30", "min", "n", "printer"]
    assert lines[2].strip() == "solved: new fuser"


def test_a_text_that_was_cut_says_how_to_read_the_rest() -> None:
    lines = page(Note(AT, "x" * 10, 1_000_010))
    assert lines[-1].strip() == "1,000,000 more characters: deskmate show D-1042"


def test_what_is_missing_is_said_and_whether_it_was_asked() -> None:
    missing = (Question("device", "Which printer?"), Question("since when", "Since when?"))
    for reply, head in (("Coming.", "not yet known"), ("Hello,\n- Which printer?", "asked, not yet known")):
        whole = replace(detail(Reply(AT, reply, len(reply))), missing=missing)
        lines = [text_of(line).strip() for line in detail_lines.detail_lines(whole, 80, NOW)]
        assert f"{head}: which device, since when" in lines


def test_a_problem_links_and_a_merge_are_said_with_titles() -> None:
    linked = tuple(Other(number, f"title {number}", Status.OPEN) for number in (3, 4, 5, 6))
    whole = replace(
        detail(cause="fuser", category="Printers", answers=(("since when", "Monday"),)),
        problem=(4, 3),
        linked=linked,
        device="Laser",
        into=Other(9, "the one", Status.RESOLVED),
        category_known=False,
    )
    lines = [text_of(line).strip() for line in detail_lines.detail_lines(whole, 100, NOW)]
    assert "Printers?   device Laser?" in lines
    assert "cause: fuser   problem: 4 with this cause, 3 open" in lines
    assert "since when: Monday" in lines
    assert "merged into D-9 ✓ the one" in lines
    assert [line for line in lines if line.startswith("linked")] == [
        "linked D-3 ● title 3", "linked D-4 ● title 4", "linked D-5, D-6",
    ]  # fmt: skip


def test_a_common_cause_is_not_counted_to_the_end() -> None:
    whole = replace(detail(cause="fuser"), problem=(100, 7))
    assert whole.problem_text == "problem: 99+ with this cause"


def test_what_came_with_a_merged_request_says_who_and_which() -> None:
    lines = page(Received(AT, "mine", 4), Received(AT, "me too", 6, merged=7, who="B. Cole"))
    assert [line.strip().partition("  ")[2] for line in lines if line.strip().startswith("09:00")] == [
        "A. Weber  “mine”", "B. Cole, D-7  “me too”",
    ]  # fmt: skip


def test_who_said_it_and_how_it_came() -> None:
    entries = (
        Received(AT, "mail", 4, via="mail"),
        Received(AT, "door", 4, via="door"),
        Reply(AT, "words", 5),
        Event("2026-11-16T08:00:00.000Z", "waiting", "open", "requester"),
        Event(AT, "answered", "waiting", "open"),
        Received(AT, "last", 4, via="phone"),
    )
    lines = page(*entries, unread=True)
    said = [line.removeprefix(" 09:00  ").rstrip() for line in lines if line.startswith(" 09:00  ")]
    assert said == [
        "A. Weber by mail  “mail”",
        "A. Weber at the door  “door”",
        "said to A. Weber  words",
        "back after 4 d",
        "A. Weber by phone, unread  “last”",
    ]
    assert page(Received(AT, "narrow", 6), columns=50)[-1].strip() == "“narrow”"


def test_attached_files_stand_in_the_head_by_the_digit_that_opens_them() -> None:
    files = tuple(Attachment(at, AT, f"log {at}.txt", 2_000 * at, "0" * 64) for at in range(1, 12))
    lines = [
        text_of(line).strip() for line in detail_lines.detail_lines(replace(detail(), attachments=files), 80, NOW)
    ]
    assert any(line.startswith("1 log 1.txt 2.0 kB   2 log 2.txt 4.0 kB") for line in lines)
    assert "log 11.txt" in " ".join(lines)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(AT, "x", 1), ["said to A. Weber", "x"]),
        (Reply(AT, "", 0), ["said to A. Weber"]),
        (Reply(AT, "x", 1, Delivery.SENT, "command"), ["reply by mail to A. Weber, sent", "x"]),
        (Reply(AT, "x", 1, Delivery.RETRACTED, "said"), ["said to A. Weber, retracted, but it had left", "x"]),
        (
            Reply(AT, "x", 1, Delivery.SENDING, "eml"),
            ["reply as a mail file to A. Weber", "sending: not known yet whether it left", "x"],
        ),
    ],
)
def test_a_reply_says_how_it_went_and_how_far_it_came(reply: Reply, said: list[str]) -> None:
    lines = [line.strip() for line in page(reply, columns=60)]
    start = next(index for index, line in enumerate(lines) if " to A. Weber" in line)
    assert [lines[start].removeprefix("09:00  "), *filter(None, lines[start + 1 :])] == said


def test_why_a_reply_was_not_sent_is_never_cut() -> None:
    reason = "mailer ended with 78: the server said that it knows nobody of that name here, try again"
    lines = page(Event(AT, "not sent", None, reason), columns=40)
    assert reason in " ".join(line.strip() for line in lines)
