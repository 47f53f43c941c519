"""A reply as a mail message (RFC 5322) and as a ``mailto:`` link (RFC 6068).

Built by the standard library from parts that were checked one by one, so that no name, title or address can add a
header, a second recipient, or an option.
"""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid, parseaddr
from urllib.parse import quote

from deskmate.domain.public import outward
from deskmate.domain.reply import NoAddress, Outgoing, mail_address
from deskmate.domain.text import clean
from deskmate.errors import DeskmateError

LONGEST_LINK = 8_000
"""Characters of a link that mail programs and systems still take."""
_NOWHERE = "deskmate.invalid"
"""Stands in a message id where no sender is known: the name of this machine is nobody's business."""


class TooLong(DeskmateError):
    """The text does not fit into a link."""


@outward
def message(out: Outgoing, *, sender: str, date: datetime, draft: bool = False) -> bytes:
    """The message as it stands in a file, lines ending in CR LF. ``date`` is aware.

    Without ``sender`` the program that sends it has to add the From line. ``draft`` asks a mail program that opens it
    to let it be edited and sent. Raises NoAddress.
    """
    mail = EmailMessage(policy=SMTP)
    from_ = _sender(sender)
    if from_ is not None:
        mail["From"] = from_
    mail["To"] = _person(out.name, mail_address(out.address))
    mail["Subject"] = clean(out.subject)[0]
    mail["Date"] = date
    mail["Message-ID"] = make_msgid(out.number.lower(), from_.domain if from_ else _NOWHERE)
    if draft:
        mail["X-Unsent"] = "1"
    mail.set_content(out.text)
    for each in out.files:
        main, _, kind = each.media.partition("/")
        mail.add_attachment(each.data, main, kind, filename=clean(each.name)[0])
    return bytes(mail)


@outward
def mailto(out: Outgoing) -> str:
    """The link that opens a mail program with the message in it. Raises NoAddress and TooLong."""
    body = out.text.replace("\n", "\r\n")
    link = (
        f"mailto:{quote(mail_address(out.address), safe='@')}"
        f"?subject={quote(clean(out.subject)[0], safe='')}&body={quote(body, safe='')}"
    )
    if len(link) > LONGEST_LINK:
        raise TooLong("It is too long for a mailto link.", 'Set deliver = "eml" or "clipboard" for such texts.')
    return link


def _sender(typed: str) -> Address | None:
    """The From line, as in ``Help desk <help@example.org>``; None when none is set. Raises NoAddress."""
    if not typed.strip():
        return None
    name, address = parseaddr(clean(typed)[0])
    if not address:
        raise NoAddress(f"“{clean(typed)[0]}” is no sender.", 'Write from = "Name <name@example.org>".')
    return _person(name, mail_address(address))


def _person(name: str, address: str) -> Address:
    return Address(display_name=clean(name)[0], addr_spec=address)
