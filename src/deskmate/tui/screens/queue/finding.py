"""Going anywhere: the palette over everything, what was worked on last, and the keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from deskmate.domain import instant
from deskmate.domain import row as at
from deskmate.domain.due import span
from deskmate.domain.query import Query, parse
from deskmate.domain.row import Row, label, parse_label
from deskmate.domain.views import OwnView, View
from deskmate.tui.actions.reasons import WRITING
from deskmate.tui.actions.sections import sections
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.dialogs.choose import Choice, Choices, ChooseDialog, Later
from deskmate.tui.frame import GLYPHS
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

MOST = 50
"""Lines of the palette, and requests that are remembered as opened."""
DEVICES = 5
PLACE = "recent"
ITSELF = ("palette", "recent")
WORDS = {"q": "quit", "quit": "quit", "wq": "quit", "x": "quit", "w": "saved"}
"""What the fingers type after a colon, whatever the program."""
SAVED = "everything is saved as you type it"


class Finding(Group):
    """Runs the palette and the list of recent requests, and remembers what was opened."""

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self._opened: dict[int, str] | None = None
        self._kept = True

    async def run(self, action: str) -> bool:
        """Open one of the two."""
        if action not in ITSELF:
            return False
        self.open(action)
        return True

    def open(self, action: str) -> None:
        """Open the palette or what was worked on last, over whatever is there."""
        screen = self.screen
        if action == "recent":
            recent = self._recent()
            current = screen.listing.current
            first = 1 if len(recent) > 1 and recent[0].value == current else 0
            dialog = ChooseDialog(
                screen.gateway, "Recent", lambda typed: (_holding(recent, typed), None), lambda choice: "", first
            )
        else:
            entries = self._entries()
            dialog = ChooseDialog(
                screen.gateway, "Go to", lambda typed: self._find(entries, typed), self._reasons(), 0
            )
        screen.app.push_screen(dialog, self._chosen)

    def open_help(self) -> None:
        """Show the keys."""
        from deskmate.tui.dialogs.help import HelpDialog

        screen = self.screen
        beside = isinstance(screen.app.screen, Dialog) and WRITING

        def why_not(action: str) -> str:
            return "" if action in screen.keymap.anywhere.values() else beside or screen.disabled_reason(action)

        panel = "" if screen.over is None else screen.over.keys

        async def chosen(action: str | None) -> None:
            if action:
                await screen.run_action_id(action)

        screen.app.push_screen(HelpDialog(screen.gateway, screen.keymap, cache(why_not), panel), chosen)

    def remember(self, number: int) -> None:
        """This request was opened."""
        opened = self._remembered()
        opened.pop(number, None)
        opened[number] = instant.to_text(self.screen.now())
        while len(opened) > MOST:
            del opened[next(iter(opened))]
        self._kept = False

    def keep(self) -> None:
        """Write down what was opened, unless that is done."""
        if not self._kept:
            self._kept = True
            self.screen.gateway.save_place(PLACE, {str(number): when for number, when in self._remembered().items()})

    # --- what was worked on last ----------------------------------------------------------------------------

    def _remembered(self) -> dict[int, str]:
        if self._opened is None:
            kept = self.screen.gateway.place(PLACE)
            self._opened = {int(key): str(opened_at) for key, opened_at in kept[0].items()} if kept else {}
        return self._opened

    def _recent(self) -> Choices:
        """Requests by when they were opened or changed, the last one first."""
        times = self.screen.gateway.recently_changed()
        for number, opened_at in self._remembered().items():
            times[number] = max(opened_at, times.get(number, ""))
        newest = sorted(times, key=lambda number: (times[number], number), reverse=True)[:MOST]
        rows = self._there(newest)
        now = self.screen.now()
        return [_request(rows[number], _ago(times[number], now)) for number in newest if number in rows]

    def _there(self, numbers: list[int]) -> dict[int, Row]:
        """The rows of these; an undone capture is not there."""
        rows = self.screen.gateway.rows(numbers)
        return {number: row for number, row in rows.items() if row[at.STATUS] != "void"}

    # --- the palette ----------------------------------------------------------------------------------------

    def _entries(self) -> Choices:
        """The actions of the registry and the views, in their order."""
        found = [Choice("view", view, "", f"view {view.tab}", f"/{view.query}") for view in self.screen.own_views.all]
        for _name, entries in sections(self.screen.keymap):
            found += [
                Choice("action", entry.action, ", ".join(entry.keys[:2]), entry.title, entry.help)
                for entry in entries
                if entry.action and entry.action not in ITSELF
            ]
        return found

    def _find(self, entries: Choices, typed: str) -> tuple[Choices, Later | None]:
        """What fits: a word of the fingers, a number, actions and views by name, people, requests that hold it."""
        if not typed:
            return entries, None
        gateway = self.screen.gateway
        found: Choices = []
        if typed in WORDS:
            word = WORDS[typed]
            found.append(Choice(word, None, typed, "quit deskmate" if word == "quit" else SAVED))
        number = parse_label(typed)
        if number is not None:
            found += [_request(row) for row in self._there([number]).values()]
        found += _named(entries, typed)
        names = gateway.people_like(typed)
        found += [Choice("person", name, "@", name, "what they asked for") for name in names]
        found += [Choice("person card", name, "@", name, "their card") for name in names[:1]]
        if len(names) == 1:
            found.append(Choice("person merge", names[0], "@", names[0], "merge with another card"))
            found.append(Choice("person drop", names[0], "@", names[0], "drop the card"))
        things = gateway.devices_like(typed)
        found += [Choice("device card", name, "", name, "device") for name in things[:DEVICES]]
        found += [Choice("device drop", name, "", name, "drop the device") for name in things if len(things) == 1]
        query = parse(typed, self.screen.now(), lambda: gateway.calendar)
        if query.empty or query.unclear:
            return found[:MOST], None
        shown = {choice.value for choice in found if choice.what == "request"}
        most = MOST - len(found)
        rows = gateway.found_now(query, most)
        if rows is None:
            return found, lambda: self._later(query, most, shown)
        return [*found, *(_request(row) for row in rows if row[at.NUMBER] not in shown)][:MOST], None

    async def _later(self, query: Query, most: int, shown: set[Any]) -> Choices:
        rows = await self.screen.gateway.found_later(query, most)
        return [_request(row) for row in rows if row[at.NUMBER] not in shown]

    def _reasons(self) -> Any:
        """Why a choice can do nothing where the palette was opened."""
        beside = isinstance(self.screen.app.screen, Dialog) and WRITING
        anywhere = set(self.screen.keymap.anywhere.values())

        def why_not(choice: Choice) -> str:
            if choice.what != "action" or choice.value in anywhere:
                return ""
            return beside or self.screen.disabled_reason(choice.value)

        return why_not

    # --- going there ----------------------------------------------------------------------------------------

    async def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        screen = self.screen
        if choice.what == "action":
            await screen.run_action_id(choice.value)
            return
        if choice.what == "saved":
            screen.say(SAVED)
            return
        if choice.what == "quit":
            await screen.run_action_id("quit")
            return
        while isinstance(screen.app.screen, Dialog):  # what is being written stays as a draft
            screen.app.screen.leave()
        screen.panels.close()
        screen.search.end()
        if choice.what == "request":
            screen.go_to_request(choice.value)
        elif choice.what.startswith(("person ", "device ")):
            what, _, does = choice.what.partition(" ")
            cards = screen.cards
            do = cards.drop if does == "drop" else cards.merge if does == "merge" else cards.card
            cards.named(what, choice.value, do)
        elif choice.what == "view":
            assert isinstance(choice.value, OwnView)
            screen.go_to_tab(choice.value)
        else:
            screen.set_opened(False)
            screen.show(View.ALL, f'from:"{choice.value}"')


def _request(row: Row, note: str = "") -> Choice:
    title = f"{GLYPHS[row[at.STATUS]]} {row[at.TITLE] or '(untitled)'}"
    return Choice(
        "request", row[at.NUMBER], label(row[at.NUMBER]), title, "  ".join(filter(None, [row[at.WHO], note]))
    )


def _ago(at_text: str, now: datetime) -> str:
    passed = now - instant.from_text(at_text)
    return f"{span(passed)} ago" if passed >= timedelta(minutes=1) else "just now"


def _named(entries: Choices, typed: str) -> Choices:
    """The entries whose name fits: those that begin so before those with a word that does."""
    folded = typed.casefold()
    ranked: list[tuple[int, Choice]] = []
    for entry in entries:
        title = entry.title.casefold()
        tests = (title == folded, title.startswith(folded), f" {folded}" in title)
        rank = next((place for place, holds in enumerate(tests) if holds), None)
        if rank is not None:
            ranked.append((rank, entry))
    return [entry for _rank, entry in sorted(ranked, key=lambda pair: pair[0])]


def _holding(choices: Choices, typed: str) -> Choices:
    """The choices that hold every word that is typed."""
    words = typed.casefold().split()
    return [
        choice
        for choice in choices
        if all(word in f"{choice.left} {choice.title} {choice.note}".casefold() for word in words)
    ]
