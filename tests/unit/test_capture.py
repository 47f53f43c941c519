"""The capture line."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.capture import Capture, Names, complete, parse, understood
from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Urgency
from deskmate.domain.text import TITLE_LIMIT, clean
from tests import nasty

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Tuesday


class Office(Names):
    """Two people and two tags."""

    def person(self, word: str) -> tuple[int, str] | None:
        return {"weber": (1, "A. Weber"), "dr.no": (2, "Dr. No")}.get(word.casefold())

    def tag(self, word: str) -> str | None:
        return {"printer": "printer", "vpn": "VPN"}.get(word.casefold())

    def people(self, prefix: str) -> list[str]:
        return [word for word in ("weber", "dr.no") if word.startswith(prefix.casefold())]

    def tags(self, prefix: str) -> list[str]:
        return [word for word in ("printer", "VPN") if word.casefold().startswith(prefix.casefold())]


def read(line: str, *create: str) -> Capture:
    return parse(line, Office(), NOW, frozenset(create))


def test_the_whole_line() -> None:
    capture = read("@weber Printer jams #printer !one !slowed !phone again >fri !done 5m")
    assert capture.title == "Printer jams again"
    assert (capture.person_id, capture.requester, capture.known) == (1, "A. Weber", True)
    assert capture.tags == ("printer",)
    assert (capture.impact, capture.urgency) == (Impact.ONE, Urgency.SLOWED)
    assert capture.channel is Channel.PHONE
    assert capture.needed_by == datetime(2026, 12, 4, 9, 0, tzinfo=NOW.tzinfo)
    assert (capture.done, capture.spent_minutes) == (True, 5)
    assert capture.unknown == capture.new_people == capture.new_tags == ()
    assert understood(capture, NOW) == [
        *("A. Weber", "printer", "one · slowed", "by phone", "needed Fri 4 Dec 09:00", "done, 5 min")
    ]


def test_a_line_without_marks_says_nothing_more() -> None:
    capture = read("printer jams")
    assert capture.title == "printer jams"
    assert (capture.person_id, capture.requester, capture.known, capture.tags) == (None, None, False, ())
    assert (capture.impact, capture.urgency, capture.channel) == (None, None, None)
    assert (capture.needed_by, capture.done, capture.spent_minutes) == (None, False, None)
    assert understood(capture, NOW) == []


@pytest.mark.parametrize(
    "line",
    [
        "write to a@b.c",
        "C# build",
        "a!b",
        "->",
        "-> fri",
        "# 1",
        "a # b @ c ! d > e",
        "!loud",
        "!",
        "@",
        "#",
        ">",
        ">>",
        "@@weber",
        ">5 users",
        "> fri",
        "#1042 again",
        "x>fri",
        "(@weber)",
        "@SUM(A1)",
        "#!/bin/sh",
        "@,",
        "!!!",
        "done 5m",
        "5m",
    ],
)
def test_what_only_looks_like_a_mark_stays_text(line: str) -> None:
    capture = read(line)
    assert capture.title == line
    assert understood(capture, NOW) == []


@pytest.mark.parametrize(
    ("word", "impact", "urgency", "channel"),
    [
        ("!stuck", None, Urgency.STUCK, None),
        ("!slowed", None, Urgency.SLOWED, None),
        ("!wait", None, Urgency.WAIT, None),
        ("!one", Impact.ONE, None, None),
        ("!several", Impact.SEVERAL, None, None),
        ("!all", Impact.EVERYONE, None, None),
        ("!phone", None, None, Channel.PHONE),
        ("!chat", None, None, Channel.CHAT),
        ("!MAIL", None, None, Channel.MAIL),
    ],
)
def test_fixed_marks(word: str, impact: Impact | None, urgency: Urgency | None, channel: Channel | None) -> None:
    capture = read(f"mail {word} down")
    assert capture.title == "mail down"
    assert (capture.impact, capture.urgency, capture.channel) == (impact, urgency, channel)


def test_the_last_of_contradicting_marks_wins_and_tags_add_up() -> None:
    capture = read("@weber !stuck !wait @dr.no #vpn #printer #VPN >fri >mon !phone !chat")
    assert capture.requester == "Dr. No"
    assert capture.urgency is Urgency.WAIT
    assert capture.tags == ("VPN", "printer")
    assert understood(capture, NOW)[-1] == "needed Mon 7 Dec 09:00"
    assert capture.channel is Channel.CHAT
    assert capture.title == ""


def test_the_punctuation_of_a_sentence_does_not_hide_a_mark() -> None:
    capture = read("@Weber: no #vpn, !stuck!")
    assert (capture.requester, capture.tags, capture.urgency, capture.title) == (
        "A. Weber",
        ("VPN",),
        Urgency.STUCK,
        "no",
    )


@pytest.mark.parametrize(
    ("line", "title", "needed"),
    [
        (">fri 15:00 screen", "screen", "needed Fri 4 Dec 15:00"),
        ("screen >tom 3pm now", "screen now", "needed Wed 2 Dec 15:00"),
        (">4 dec 3 screens", "3 screens", "needed Fri 4 Dec 09:00"),
        (">4 dec 8:30 screens", "screens", "needed Fri 4 Dec 08:30"),
        (">fri 3 screens", "3 screens", "needed Fri 4 Dec 09:00"),
        (">next fri screens", "screens", "needed Fri 11 Dec 09:00"),
        (">+2h screens", "screens", "needed Tue 1 Dec 12:00"),
        (">eod", "", "needed Tue 1 Dec 17:00"),
    ],
)
def test_needed_by_takes_as_many_words_as_it_understands(line: str, title: str, needed: str) -> None:
    capture = read(line)
    assert capture.title == title
    assert understood(capture, NOW) == [needed]


@pytest.mark.parametrize(
    ("line", "title", "spent", "echo"),
    [
        ("reset !done 1h30m", "reset", 90, "done, 1 h 30 min"),
        ("reset !done 90m", "reset", 90, "done, 1 h 30 min"),
        ("reset !done", "reset", None, "done"),
        ("reset !done twice", "reset twice", None, "done"),
        ("!done 5 printers", "5 printers", None, "done"),
        ("reset 5m !done", "reset 5m", None, "done"),
    ],
)
def test_done_takes_a_duration_if_one_follows(line: str, title: str, spent: int | None, echo: str) -> None:
    capture = read(line)
    assert (capture.title, capture.done, capture.spent_minutes) == (title, True, spent)
    assert understood(capture, NOW) == [echo]


def test_unknown_names_stay_text_and_are_offered() -> None:
    capture = read("@meier, wants #wlan and #WLAN @weber")
    assert capture.title == "@meier, wants #wlan and #WLAN"
    assert capture.unknown == ("@meier", "#wlan")
    assert (capture.requester, capture.known, capture.tags) == ("A. Weber", True, ())
    assert understood(capture, NOW) == ["A. Weber", "meier?", "#wlan?"]


def test_agreed_names_are_created() -> None:
    capture = read("@Meier wants #wlan and #vpn", "@meier", "#WLAN")
    assert capture.title == "wants and"
    assert (capture.person_id, capture.requester, capture.known) == (None, "Meier", False)
    assert capture.new_people == ("Meier",)
    assert (capture.tags, capture.new_tags) == (("wlan", "VPN"), ("wlan",))
    assert capture.unknown == ()
    assert understood(capture, NOW) == ["Meier (new)", "wlan (new)", "VPN"]


def test_a_new_person_after_a_known_one_is_not_taken_for_him() -> None:
    capture = read("@weber @meier", "@meier")
    assert (capture.person_id, capture.requester, capture.known) == (None, "meier", False)


def test_nobody_knows_nothing() -> None:
    capture = parse("@weber #vpn", Names(), NOW)
    assert capture.title == "@weber #vpn"
    assert complete("@we", 3, Names()) == ""


def test_a_long_title_is_cut_and_the_line_kept() -> None:
    line = "printer " * 1000
    capture = read(line)
    assert len(capture.title) <= TITLE_LIMIT
    assert capture.title.endswith("…")
    assert capture.raw == line


def test_the_raw_line_is_untouched_and_the_title_clean() -> None:
    line = " \x1b[2J  first\r\nsecond\u202e\t@weber "
    capture = read(line)
    assert capture.raw == line
    assert capture.title == "␛[2J first second⟨202e⟩"
    assert capture.requester == "A. Weber"


@pytest.mark.parametrize("line", [pytest.param(text, id=name) for name, text in nasty.entries()])
def test_nasty_lines_are_captured(line: str) -> None:
    capture = read(line)
    assert capture.raw == line
    assert clean(capture.title) == (capture.title, 0)
    assert capture.title or capture.done or not clean(line)[0] or understood(capture, NOW)


pieces = st.sampled_from(
    [
        "@weber",
        "@nobody",
        "#vpn",
        "#new",
        "!stuck",
        "!all",
        "!mail",
        "!done",
        "5m",
        ">fri",
        "15:00",
        ">",
        "a\u200d",
        "漢",
        "\x1b",
    ]
)


@given(st.lists(st.one_of(pieces, st.text(max_size=5))))
def test_no_word_is_lost(words: list[str]) -> None:
    line = " ".join(words)
    capture = read(line)
    assert clean(capture.title) == (capture.title, 0)
    marks = [word for word in clean(line)[0].split() if word[0] not in "@#!>" and word not in ("5m", "15:00")]
    left = [word for word in capture.title.split() if word[0] not in "@#!>" and word not in ("5m", "15:00")]
    if len(line) < TITLE_LIMIT // 8:  # a mark may take the room of eight characters
        assert [w.strip("\u200c\u200d") for w in left] == [w.strip("\u200c\u200d") for w in marks]


@pytest.mark.parametrize(
    ("line", "ghost"),
    [
        ("@we", "ber"),
        ("@WE", "ber"),
        ("jam #pr", "inter"),
        ("#vp", "N"),
        ("jam !sl", "owed"),
        ("!s", "tuck"),
        ("!d", "one"),
        ("@weber", ""),
        ("@", ""),
        ("!", ""),
        ("we", ""),
        ("a@we", ""),
        ("@we ", ""),
        ("", ""),
        ("@x", ""),
    ],
)
def test_the_ghost_at_the_end_of_the_line(line: str, ghost: str) -> None:
    assert complete(line, len(line), Office()) == ghost


def test_the_ghost_stands_only_at_the_end_of_a_word() -> None:
    assert complete("@we printer", 3, Office()) == "ber"
    assert complete("@weber", 3, Office()) == ""
