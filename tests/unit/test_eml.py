"""Messages: one recipient, the text as it was seen, and nothing that a value could add."""

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.public import Letterhead
from deskmate.domain.reply import NoAddress, Outgoing, Sending, Way, first_name, mail_address, outgoing, subject
from deskmate.domain.text import clean
from deskmate.formats.eml import TooLong, mailto, message

AT = datetime(2026, 11, 20, 10, 47, tzinfo=UTC)
HEADERS = {"To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
ANNA = Letterhead("D-1042", "Printer jams", "Anna Weber", "anna@example.org")
STEERING = st.sampled_from('\r\n\0\x1b\u2028\u202e,;<>"\\@:=')
NASTY = st.text(st.characters(exclude_categories=["Cs"]) | STEERING, max_size=40)


def read(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def words(found: EmailMessage) -> str:
    return str(found.get_content()).replace("\r\n", "\n").rstrip("\n")


def test_a_message_says_what_was_seen() -> None:
    data = message(outgoing(ANNA, "Grüße,\n\nich komme um 10.\n"), sender="Help <help@example.org>", date=AT)
    found = read(data)
    assert (found["To"], found["From"]) == ("Anna Weber <anna@example.org>", "Help <help@example.org>")
    assert found["Subject"] == "Re: [D-1042] Printer jams"
    assert words(found) == "Grüße,\n\nich komme um 10."
    assert found["Message-ID"].endswith("@example.org>")
    assert b"\n" not in data.replace(b"\r\n", b"")


@given(name=NASTY, title=NASTY, text=NASTY)
def test_no_value_adds_a_header_or_a_recipient(name: str, title: str, text: str) -> None:
    text = clean(text, multiline=True)[0]
    head = Letterhead("D-1", title, name, "a.b+c@example.org")
    found = read(message(outgoing(head, text), sender="", date=AT))
    assert set(found.keys()) == HEADERS
    assert [each.addr_spec for each in found["To"].addresses] == ["a.b+c@example.org"]
    assert words(found) == text.rstrip("\n")
    parts = urlsplit(mailto(outgoing(head, text)))
    assert unquote(parts.path) == "a.b+c@example.org"
    assert set(parse_qs(parts.query, keep_blank_values=True)) == {"subject", "body"}


@given(NASTY)
def test_what_passes_as_an_address_is_one(typed: str) -> None:
    try:
        found = mail_address(typed)
    except NoAddress:
        return
    assert found.isascii()
    assert found.count("@") == 1
    assert not found.startswith("-")
    assert not set(found) & set(' ,;:<>"\\()[]\r\n\0')


@pytest.mark.parametrize(
    "typed",
    ["", "anna", "@example.org", "anna@", "a@b@c.org", "a@x.org, b@x.org", "a@x.org;b@x.org", "-oProxy@x.org",
     "a@-x.org", "a@x.org\nBcc: b@x.org", "A <a@x.org>", "a b@x.org", "ä@x.org", "a@x..org", 'a"@x.org'],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(typed: str) -> None:
    with pytest.raises(NoAddress):
        mail_address(typed)


def test_a_domain_beyond_ascii_is_written_as_mail_programs_take_it() -> None:
    assert mail_address(" anna@Müller.example ") == "anna@xn--mller-kva.example"


def test_too_long_a_text_is_no_link() -> None:
    with pytest.raises(TooLong):
        mailto(outgoing(ANNA, "x" * 9_000))


@pytest.mark.parametrize(
    ("title", "said"),
    [("Re: re: jam", "Re: [D-1042] jam"), ("", "Re: [D-1042] your request"), ("a\nb", "Re: [D-1042] a b")],
)
def test_the_subject_is_one_line_with_one_re(title: str, said: str) -> None:
    assert subject(Letterhead("D-1042", title, "")) == said


@pytest.mark.parametrize(
    ("name", "first"),
    [("Anna Weber", "Anna"), ("Weber, Anna", "Anna"), ("Dr. Anna Weber", "Anna"), ("A. Weber", "A. Weber"),
     ("Herr Weber", "Herr Weber"), ("田中", "田中"), ("", ""), ("Dr.", "Dr."), (",", ","), ("weber", "weber")],
)  # fmt: skip
def test_the_name_to_greet_by(name: str, first: str) -> None:
    assert first_name(name) == first


def test_without_an_address_only_the_clipboard_is_left() -> None:
    sending = Sending(deliver="command", command=("msmtp", "-t"))
    assert (sending.way("a@x.org"), sending.way("")) == (Way.COMMAND, Way.CLIPBOARD)


def test_what_was_settled_before_is_where_it_goes() -> None:
    assert outgoing(ANNA, "x", "other@example.org") == Outgoing(
        "D-1042", "Anna Weber", "other@example.org", "Re: [D-1042] Printer jams", "x"
    )
