"""Words to everybody on the sign: the notice, which always ends, and those that always stand there."""

from __future__ import annotations

from deskmate.domain import instant, local, when
from deskmate.domain.commands import Outcome, SetNotice, SetSignWords
from deskmate.domain.due import until_text
from deskmate.domain.request import Refused
from deskmate.domain.sign import NOTICE_LIMIT
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.services.workspace import Workspace
from deskmate.store.read import hours
from deskmate.store.write.tables import NoticeRow, SettingRow


def set_notice(workspace: Workspace, command: SetNotice, draft: str = "") -> Outcome:
    """Put a notice up in place of the one there is, or take that down.

    Raises Refused for a text that is too long, an end that is past, and where there is nothing to take down.
    """
    text = clean(command.text)[0]
    if len(text) > NOTICE_LIMIT:
        raise Refused(f"A notice has up to {NOTICE_LIMIT} characters; this one has {len(text)}.", "Make it shorter.")
    with workspace.unit_of_work(command.name) as work:
        if not text:
            if not hours.notice(work.conn, work.clock)[0]:
                raise Refused("There is no notice up.", "deskmate notice TEXT puts one up.")
            work.add(NoticeRow(at=work.clock, text=""))
            said = "notice taken down"
        else:
            now = instant.from_text(work.clock).astimezone(local.Local())  # as it was typed, wherever the door is
            end = command.until or instant.to_text(work.calendar.end_of_day(now))
            ends = instant.from_text(end).astimezone(now.tzinfo)
            if end <= work.clock:
                raise Refused(f"{when.spoken(ends, now)} has passed already.", "Say a later end.")
            work.add(NoticeRow(at=work.clock, text=text, until=end))
            said = f"notice up until {until_text(ends, now)}"
        work.drop_draft(draft)
        return Outcome(work.finish(said), said, ())


def set_words(workspace: Workspace, command: SetSignWords, draft: str = "") -> Outcome:
    """Change what always stands on the sign. Raises Refused for one that is too long, and when nothing changes."""
    said = []
    with workspace.unit_of_work(command.name) as work:
        for key, typed in (("urgent", command.urgent), ("deputy", command.deputy)):
            if typed is None:
                continue
            text = clean(typed)[0]
            if len(text) > NAME_LIMIT:
                raise Refused(f"{key} has up to {NAME_LIMIT} characters; this has {len(text)}.", "Make it shorter.")
            row = work.get(SettingRow, key)  # type: ignore[arg-type]  # the schema puts both there
            if row is not None and work.edit(row, value=text):
                said.append(f"{key} “{text}”" if text else f"no {key}")
        if not said:
            raise Refused("The sign says that already.")
        work.drop_draft(draft)
        label = f"the sign says {' and '.join(said)}"
        return Outcome(work.finish(label), label, ())
