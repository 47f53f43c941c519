"""Sending a guide: asked for in one form, written by a worker, and written down. Any panel may call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskmate.domain.guide import Audience
from deskmate.domain.guiding import RecordSent
from deskmate.domain.user_guide import OpenPlaceholders
from deskmate.errors import DeskmateError
from deskmate.tui import guide_sending

if TYPE_CHECKING:
    from deskmate.domain.commands import Outcome
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.dialogs.guide_send import SendForm
    from deskmate.tui.guide_sending import Asked
    from deskmate.tui.screens.queue.screen import QueueScreen

KIND = "guides:send"
"""How the kind of its dialog begins; the keys of the guide and of the request, or 0, follow."""


def ask(
    queue: QueueScreen, key: int, request: int | None = None, text: str | None = None, *, person: int | None = None
) -> None:
    """Ask how a guide is to go out, with what is known from a request or a person filled in.

    ``text`` is to be shown instead of the draft that may wait.
    """
    _open(queue, key, request, person, text, {}, "")


def _open(
    queue: QueueScreen,
    key: int,
    request: int | None,
    person: int | None,
    text: str | None,
    errors: dict[str, str],
    taken: str,
) -> None:
    from deskmate.tui.dialogs.form import as_draft
    from deskmate.tui.dialogs.guide_send import TO, WORD, SendForm

    gateway = queue.gateway
    asked = guide_sending.asked(gateway, key, request, person)
    if asked is None:
        queue.say("nothing of this guide is published yet", error=True)
        return
    if asked.audience is Audience.TECHNICIAN:
        queue.say("this guide is for technicians, so it is sent to nobody; its fields say whom it is for", error=True)
        return
    kind = f"{KIND}:{key}:{request or 0}"
    kept, cursor = gateway.draft(kind)
    if text is not None and text != kept:
        kept, cursor = text, -1
    requests = () if request is None else (request,)
    form = SendForm(gateway, kind, requests, asked, text=kept, cursor=cursor, errors=errors)

    def closed(changed: Changed | None) -> None:
        if changed is None:
            return
        queue.say("writing it …")
        queue.run_worker(_write(queue, asked, form, changed, kind, request, taken == changed[TO], back), group="sent")

    def back(changed: Changed, error: DeskmateError) -> None:
        """Nothing was written: the form again, with what is wrong beside its field."""
        wrong: dict[str, str] = {}
        stands = ""
        if isinstance(error, guide_sending.Taken):
            wrong, stands = {TO: "is there already; enter again replaces it"}, changed[TO]
        elif isinstance(error, OpenPlaceholders):
            wrong = {WORD + name: "still to be filled in" for name in error.names}
        _open(queue, key, request, person, as_draft(changed), wrong, stands)
        queue.say(error.message, error.hint, error=True)

    queue.open_dialog(form, closed)


async def _write(
    queue: QueueScreen,
    asked: Asked,
    form: SendForm,
    changed: Changed,
    kind: str,
    request: int | None,
    replace: bool,
    back: Callable[[Changed, DeskmateError], None],
) -> None:
    from deskmate.tui.dialogs.guide_send import TO

    chosen, level = form.form(changed), form.level(changed)
    guide_sending.keep(queue.gateway, asked, chosen, changed[TO].strip())
    try:
        paths = await guide_sending.write_later(
            queue.gateway, asked, chosen, form.values(changed), level, changed[TO].strip(), replace=replace
        )
    except DeskmateError as error:
        back(changed, error)
        return
    if not paths:
        return
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""

    if chosen == guide_sending.SITE:  # which went to nobody in particular
        queue.gateway.save_draft(kind, "", 0, request)
        queue.say(f"wrote {paths[0]}{more}")
        return

    def recorded(outcome: Outcome) -> None:
        queue.say(f"wrote {paths[0]}{more}", f"{outcome.label}   {queue.keymap.key('undo')} undo")

    command = RecordSent(asked.key, chosen, request, asked.person, level, asked.revision)
    queue.verbs.send(command, draft=kind, then=recorded)
