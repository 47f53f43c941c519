"""What the queue is made of beside its panes: groups of verbs, each brought in when it is first needed."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.around import Around
    from deskmate.tui.screens.queue.attachments import Attachments
    from deskmate.tui.screens.queue.attention import Attention
    from deskmate.tui.screens.queue.capturing import Capturing
    from deskmate.tui.screens.queue.cards import Cards
    from deskmate.tui.screens.queue.enclosing import Enclosing
    from deskmate.tui.screens.queue.finding import Finding
    from deskmate.tui.screens.queue.group import Group
    from deskmate.tui.screens.queue.guiding import Guiding
    from deskmate.tui.screens.queue.interrupting import Interruptions
    from deskmate.tui.screens.queue.own_views import OwnViews
    from deskmate.tui.screens.queue.panels import Panels
    from deskmate.tui.screens.queue.previews import Previews
    from deskmate.tui.screens.queue.promising import Promising
    from deskmate.tui.screens.queue.replies import Replies
    from deskmate.tui.screens.queue.runs import Runs
    from deskmate.tui.screens.queue.switch import Switch
    from deskmate.tui.screens.queue.verbs import Verbs
    from deskmate.tui.screens.queue.walks import Walks

G = TypeVar("G")


class Late(Generic[G]):
    """An attribute of the screen that is imported and made when somebody first asks for it."""

    def __init__(self, module: str, name: str, *, runs: bool = True) -> None:
        """``runs`` tells a group of verbs, which is asked for every action, from what is only painted."""
        self._module, self._class = f"deskmate.tui.screens.queue.{module}", name
        self.runs = runs

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def bring_in(self) -> Any:
        """Import it; returns its class."""
        return getattr(import_module(self._module), self._class)

    @overload
    def __get__(self, screen: None, owner: type) -> Self: ...
    @overload
    def __get__(self, screen: object, owner: type) -> G: ...
    def __get__(self, screen: object, owner: type) -> G | Self:
        if screen is None:
            return self
        made: G = self.bring_in()(screen)
        vars(screen)[self._name] = made  # found before this from now on
        return made


class Groups:
    """The table of groups, for the queue screen to inherit. To add one, add its line.

    Importing what all of them need would cost every start a fifth of its time, so they come in with the first key
    that is no move, or once nobody has typed for a moment. One that others call by its name is declared as what it
    is, the rest are plain groups.
    """

    panels: Late[Panels] = Late("panels", "Panels")
    own_views: Late[OwnViews] = Late("own_views", "OwnViews")
    around: Late[Around] = Late("around", "Around")
    verbs: Late[Verbs] = Late("verbs", "Verbs")
    finding: Late[Finding] = Late("finding", "Finding")
    attachments: Late[Attachments] = Late("attachments", "Attachments")
    attention: Late[Attention] = Late("attention", "Attention", runs=False)
    previews: Late[Previews] = Late("previews", "Previews", runs=False)
    capturing: Late[Capturing] = Late("capturing", "Capturing")
    cards: Late[Cards] = Late("cards", "Cards")
    switch: Late[Switch] = Late("switch", "Switch")
    breaking: Late[Group] = Late("breaking", "Breaking")
    interrupting: Late[Interruptions] = Late("interrupting", "Interruptions")
    runs: Late[Runs] = Late("runs", "Runs")
    walks: Late[Walks] = Late("walks", "Walks")
    guiding: Late[Guiding] = Late("guiding", "Guiding")
    replies: Late[Replies] = Late("replies", "Replies")
    enclosing: Late[Enclosing] = Late("enclosing", "Enclosing")
    waits: Late[Group] = Late("waits", "Waits")
    promising: Late[Promising] = Late("promising", "Promising")
    escalations: Late[Group] = Late("escalating", "Escalations")
    belonging: Late[Group] = Late("belonging", "Belonging")
    editing: Late[Group] = Late("editing", "Editing")
    notices: Late[Group] = Late("notices", "Notices")

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All that run actions."""
        return tuple(getattr(self, name) for name, late in _table().items() if late.runs)

    @staticmethod
    def bring_in() -> None:
        """Import what the groups need, on whichever thread this is."""
        for late in _table().values():
            late.bring_in()

    def has(self, group: str) -> bool:
        """Whether this group has come in already."""
        return group in vars(self)


def _table() -> dict[str, Late[Any]]:
    return {name: late for name, late in vars(Groups).items() if isinstance(late, Late)}
