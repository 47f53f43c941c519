"""A country and a region of it, chosen from lists by name or code, for its public holidays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskmate.tui.dialogs.choose import Choice, Choices, ChooseDialog, Later

if TYPE_CHECKING:
    from deskmate.tui.holidays import Place
    from deskmate.tui.screens.availability.screen import AvailabilityScreen

WHOLE = "all of it"


class Places:
    """Asks for both, one after the other."""

    def __init__(self, panel: AvailabilityScreen) -> None:
        self._panel = panel

    def choose(self, then: Callable[[str, str], None]) -> None:
        """Ask for a country and a region; ``then`` gets their codes, the second may be empty."""
        gateway = self._panel.gateway
        country, region = gateway.setting("country"), gateway.setting("region")

        def read() -> Choices:
            from deskmate.tui.holidays import countries

            return _choices(countries(), country)

        def chosen(place: Choice | None) -> None:
            if place is None:
                return
            code = place.value

            def parts() -> Choices:
                from deskmate.tui.holidays import regions

                here = region if code == country else ""
                found = _choices(regions(code), here)
                found.insert(1 if here else 0, Choice("place", "", "", WHOLE))
                return found

            def parted(part: Choice | None) -> None:
                if part is not None:
                    then(code, part.value)

            self._ask(f"Public holidays: a region of {place.title}", parts, parted)

        self._ask("Public holidays: which country", read, chosen)

    def _ask(self, title: str, read: Callable[[], Choices], then: Callable[[Choice | None], None]) -> None:
        """Ask which one. What there is takes a moment to read: keys go to the dialog meanwhile."""
        all_there_are: Choices = []

        def find(typed: str) -> tuple[Choices, Later | None]:
            async def later() -> Choices:
                all_there_are[:] = await asyncio.to_thread(read)
                return _fitting(all_there_are, typed)

            return _fitting(all_there_are, typed), None if all_there_are else later

        self._panel.app.push_screen(ChooseDialog(self._panel.gateway, title, find, lambda choice: ""), then)


def _choices(places: list[Place], now: str) -> Choices:
    """The one that is chosen now comes first."""
    found = [
        Choice("place", each.code, each.code, each.name, "chosen now" if each.code == now else ", ".join(each.also))
        for each in places
    ]
    return sorted(found, key=lambda choice: choice.value != now)


def _fitting(choices: Choices, typed: str) -> Choices:
    """Those with all the words in code or names; a code or a beginning that fits comes first."""
    words = typed.casefold().split()
    held = [
        each for each in choices if all(word in f"{each.left} {each.title} {each.note}".casefold() for word in words)
    ]
    line = " ".join(words)
    if not line:
        return held
    return sorted(held, key=lambda each: (each.left.casefold() != line, not each.title.casefold().startswith(line)))
