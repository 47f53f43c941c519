"""The technician's own views: saved from what is searched for, reached by a letter, renamed and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from deskmate.domain.query import joined
from deskmate.domain.text import safe
from deskmate.domain.views import OwnView, View
from deskmate.errors import DeskmateError
from deskmate.tui.frame import MANY
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.domain.commands import Outcome
    from deskmate.tui.screens.queue.screen import QueueScreen

REST = 0.5
"""Seconds without a change after which they are counted."""
PREFIX = "view"
DRAFT = "view"
"""Where a name that was begun waits."""


class OwnViews(Group):
    """Knows the own views, and runs what concerns them."""

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self.all: list[OwnView] = []
        self.counts: dict[View | OwnView, int] = {}
        """How many requests each shows, as far as they have been counted."""
        self._timer: Timer | None = None

    @property
    def tabs(self) -> list[View | OwnView]:
        """Every view, in the order of the tabs."""
        return [*View, *self.all]

    def numbered(self, number: object) -> OwnView | None:
        """The view that has this number; None when it is gone."""
        return next((view for view in self.all if view.number == number), None)

    def read(self) -> bool:
        """Read them anew; whether they are others than before."""
        before, self.all = self.all, self.screen.gateway.own_views()
        return before != self.all

    def count_soon(self) -> None:
        """Count what they show, once nothing has changed for a moment; the start and the keys wait for none of it."""
        if self._timer is not None:
            self._timer.reset()
        elif self.all:
            self._timer = self.screen.set_timer(REST, self._count)

    def _count(self) -> None:
        self._timer = None
        self.screen.run_worker(self._counted(tuple(self.all)), exclusive=True, group="views")

    async def _counted(self, views: tuple[OwnView, ...]) -> None:
        found = await self.screen.gateway.own_counts(views, self.screen.now(), MANY)
        if found is not None:
            self.counts = dict(zip(views, found, strict=True))
            self.screen.paint_tabs()

    def look(self) -> None:
        """Somebody has written something: follow what became of the views."""
        if not self.read():
            return
        listing = self.screen.listing
        if isinstance(listing.tab, OwnView):
            now = self.numbered(listing.tab.number)
            if now != listing.tab:
                self.screen.show(now or listing.view, listing.query)

    def keys(self) -> dict[str, OwnView]:
        """The key after ``'`` for each: the first letter of its name that is free, or else its number."""
        taken = set(self.screen.keymap.prefixes[PREFIX])
        found: dict[str, OwnView] = {}
        for place, view in enumerate(self.all, 1):
            letters = (char for char in view.tab.casefold() if char.isascii() and char.isalpha())
            key = next((char for char in letters if char not in taken), str(place) if place < 10 else "")
            if key and key not in taken:
                taken.add(key)
                found[key] = view
        return found

    def reached_by(self, key: str) -> OwnView | None:
        """The view behind a key after ``'``; its number always does, too."""
        found = self.keys().get(key)
        if found is None and key in "123456789" and int(key) <= len(self.all):
            return self.all[int(key) - 1]
        return found

    def strip(self) -> list[tuple[str, str]]:
        """What the strip of ``'`` shows of them."""
        return [(key, safe(view.tab)) for key, view in self.keys().items()]

    def why_not(self, action: str) -> str | None:
        """Saving needs a search; renaming and dropping a view of one's own."""
        if action not in ("view.save", "view.rename", "view.drop"):
            return None
        listing = self.screen.listing
        if self.screen.gateway.read_only:
            return READ_ONLY
        if action == "view.save":
            if listing.unclear:
                return f"{listing.unclear[0]} is not understood"
            return "" if listing.query.strip() else "search for something first, then it can be saved as a view"
        return "" if isinstance(listing.tab, OwnView) else f"{listing.tab.tab} comes with deskmate and stays"

    async def run(self, action: str) -> bool:
        """Run one of the three."""
        tab = self.screen.listing.tab
        if action == "view.save":
            self._save("")
        elif action == "view.rename" and isinstance(tab, OwnView):
            self._rename(tab, tab.tab)
        elif action == "view.drop" and isinstance(tab, OwnView):
            from deskmate.domain.commands import DropView

            self.screen.verbs.send(DropView(tab.number))
        else:
            return False
        return True

    def query(self) -> str:
        """The query for what is seen now, wherever it is asked from."""
        listing = self.screen.listing
        if isinstance(listing.tab, OwnView):
            return joined(listing.tab.query, listing.query)
        return joined("" if listing.tab is View.ALL else f"is:{listing.tab.value}", listing.query)

    def _save(self, name: str) -> None:
        query = self.query()

        def saved(outcome: Outcome) -> None:
            self.read()
            made = self.numbered(outcome.made)
            if made is not None:
                self.screen.search.end()
                self.screen.show(made)
                self.screen.say(f"{outcome.label}   {self.screen.keymap.key('undo')} undo")

        def named(name: Any) -> None:
            if name:
                from deskmate.domain.commands import SaveView

                back = lambda error: self._save(name)  # noqa: E731
                self.screen.verbs.send(SaveView(name, query), draft=DRAFT, back=back, then=saved)

        name = name or self.screen.gateway.draft(DRAFT)[0]
        self._ask("Save as a view", query, name, named, tuple(view.tab for view in self.all), DRAFT)

    def _rename(self, view: OwnView, name: str) -> None:
        def named(name: Any) -> None:
            def back(error: DeskmateError) -> None:
                self._rename(view, name)

            if name and name != view.tab:
                from deskmate.domain.commands import SaveView

                self.screen.verbs.send(SaveView(name, view.query, view.number), back=back)

        self._ask("Rename the view", view.query, name, named)

    def _ask(
        self, title: str, query: str, name: str, named: Any, known: tuple[str, ...] = (), draft: str = ""
    ) -> None:
        from deskmate.tui.dialogs.name_view import NameViewDialog  # not at the start: nobody saves a view then

        self.screen.open_dialog(NameViewDialog(self.screen.gateway, title, query, name, known, draft), named)
