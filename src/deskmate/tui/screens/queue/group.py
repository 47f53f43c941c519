"""A group of verbs: some actions of the queue, and the dialogs that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskmate.domain.commands import Numbers
    from deskmate.tui.actions.reasons import Rule
    from deskmate.tui.screens.queue.screen import QueueScreen


class Group:
    """Runs the actions it knows. The screen asks each group in turn."""

    rules: Mapping[str, Rule] = {}
    """What each action of this group needs. A key, the help and the palette give the same reason from it."""

    def __init__(self, screen: QueueScreen) -> None:
        self.screen = screen

    def why_not(self, action: str) -> str | None:
        """Why ``action`` can do nothing now, empty when it can; None when the group does not say."""
        rule = self.rules.get(action)
        return None if rule is None else self.screen.reason(rule)

    def names(self, prefix: str) -> Mapping[str, str] | None:
        """What a strip calls the actions behind ``prefix``, where that is not always the same; None to say nothing.

        Actions that are left out do nothing now and are not shown.
        """
        return None

    async def run(self, action: str) -> bool:
        """Run ``action``; False when it is none of this group's."""
        return False

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the dialog ``kind`` again, after a restart or when its text was not saved.

        ``text`` instead of the draft that may wait. False when the dialog is none of this group's.
        """
        return False
