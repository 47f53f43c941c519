"""The public notice: a word to everybody on the sign, which always ends."""

from __future__ import annotations

from deskmate.domain import instant, when
from deskmate.domain.commands import Outcome, SetNotice
from deskmate.domain.request import Refused
from deskmate.domain.sign import NOTICE_LIMIT
from deskmate.domain.text import clean
from deskmate.services.workspace import Workspace
from deskmate.store.read import hours
from deskmate.store.write.tables import NoticeRow


def set_notice(workspace: Workspace, command: SetNotice, draft: str = "") -> Outcome:
    """Put a notice up in place of the one there is, or take that down.

    Raises Refused for a text that is too long, an end that is past, and where there is nothing to take down.
    """
    text = clean(command.text)[0]
    if len(text) > NOTICE_LIMIT:
        raise Refused(f"A notice has up to {NOTICE_LIMIT} characters; this one has {len(text)}.", "Make it shorter.")
    with workspace.unit_of_work(command.name) as work:
        if not text:
            if not hours.notice(work.conn, work.at)[0]:
                raise Refused("There is no notice up.", "deskmate notice TEXT puts one up.")
            work.add(NoticeRow(at=work.at, text=""))
            said = "notice taken down"
        else:
            now = instant.from_text(work.at).astimezone(work.calendar.zone)
            end = command.until or instant.to_text(work.calendar.end_of_day(now))
            if end <= work.at:
                raise Refused(f"{when.spoken(instant.from_text(end), now)} has passed already.", "Say a later end.")
            work.add(NoticeRow(at=work.at, text=text, until=end))
            said = f"notice up until {when.spoken(instant.from_text(end), now)}"
        work.drop_draft(draft)
        return Outcome(work.finish(said), said, ())
