"""A guide as the user gets it, shown over any panel of guides, and from there in the browser or on its way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain.person import Experience
from deskmate.errors import DeskmateError
from deskmate.tui.screens.guides import sending

if TYPE_CHECKING:
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.queue.screen import QueueScreen


def show(queue: QueueScreen, scope: str, key: int, level: Experience = Experience.EVERYDAY) -> None:
    """Show the draft of a guide as somebody of this level gets it. The kind of the dialog begins with ``scope``."""
    from deskmate.tui.dialogs.guide_preview import OPEN, GuidePreview

    dialog = GuidePreview(queue.gateway, f"{scope}:preview:{key}", key, level)

    def left(to: str | None) -> None:
        if to == OPEN:
            queue.run_worker(_open_page(queue, key, dialog.level), exclusive=True, group="page")
            show(queue, scope, key, dialog.level)
        elif to:
            sending.ask(queue, key)

    queue.open_dialog(dialog, left)


async def _open_page(queue: QueueScreen, key: int, level: Experience) -> None:
    """Have the page in the browser."""
    from deskmate.tui import guide_sending, outside

    try:
        found = await guide_sending.page_later(queue.gateway, key, level)
    except DeskmateError as error:
        queue.say(error.message, error.hint, error=True)
        return

    def opened(answer: Answer) -> None:
        if answer.error is not None:
            queue.say(answer.error.message, answer.error.hint, error=True)

    if found is not None:
        queue.gateway.aside(partial(outside.open_copy, *found), opened)
