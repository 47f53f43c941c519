"""The app under Textual's pilot, on a real folder: keys in, lines of the screen and the database out."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from deskmate.config import Config
from deskmate.domain.timeline import Detail
from deskmate.store.connection import open_reader
from deskmate.store.read import detail as details
from deskmate.tui import gateway as gateways
from deskmate.tui.app import DEFAULTS, DeskmateApp
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.gateway import Gateway
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.desks import looking
from tests.support.waiting import PATIENCE

NAMED = {"space": " "}
"""Keys with a character that are written by name."""


class Seat:
    """The technician's seat: keys, and what is seen."""

    def __init__(self, app: DeskmateApp, pilot: Pilot[Any], folder: str) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder
        self.keys = 0
        """Keys pressed with ``press`` so far; typed text does not count."""

    @property
    def queue(self) -> QueueScreen:
        """The panel."""
        return self.app.queue

    async def press(self, *keys: str) -> None:
        """Press keys one after the other and wait until what they asked for is on disk and seen."""
        self.keys += len(keys)
        for key in keys:
            await self.send(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text into whatever has the focus, as fast as it can be typed."""
        await self.send(*text)
        await self.settle()

    async def send(self, *keys: str) -> None:
        """Put keys into the app as its driver does, and wait until it has taken them all."""
        for key in keys:
            char = NAMED.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(_character_to_key(char) if char else key, char))
        await self.taken()

    async def taken(self) -> None:
        """Wait until every key so far has done what it does."""
        await self.app.settle()
        while self.app._ahead or self.app._settling is not None:
            await asyncio.sleep(0.001)

    async def settle(self) -> None:
        """Wait for the writer, for its answers, and for the paint after them."""
        for _ in range(2):
            await self.taken()
            await self.app.gateway.settled()
        self.queue.look_for_news()
        await self.pilot.pause()

    async def wait_until(self, holds: Callable[[], object]) -> None:
        """Wait for something that comes by itself."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await self.pilot.pause(0.01)

    def lines(self) -> list[str]:
        """The screen, without the blanks at the ends of the lines."""
        height = self.app.size.height
        rows = [strip.text for strip in self.app.screen._compositor.render_strips()]
        if self.app.screen is not self.queue:
            # A dialog is painted over the panel; its own lines win where it has any.
            boxes = [node.region for node in self.app.screen.children]
            panel = next(each for each in reversed(self.app.screen_stack) if not isinstance(each, Dialog))
            below = [strip.text for strip in panel._compositor.render_strips()]
            rows = [row if any(box.y <= y < box.bottom for box in boxes) else below[y] for y, row in enumerate(rows)]
        assert len(rows) == height
        return [row.rstrip() for row in rows]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines())

    def list(self) -> list[str]:
        """The lines of the list that hold a request."""
        region = self.queue.list.region
        return [line for line in self.lines()[region.y : region.bottom] if re.search(r" D-\d", line)]

    def footer(self) -> str:
        """The last line."""
        return self.lines()[-1].strip()

    def numbers(self) -> list[int]:
        """The numbers in the list, in order."""
        return list(self.queue.listing.numbers)

    @property
    def current(self) -> int | None:
        """The request under the cursor."""
        return self.queue.listing.current

    def detail(self, number: int) -> Detail:
        """A request as it is on disk."""
        conn = open_reader(self.folder)
        try:
            found = details.detail(conn, number)
        finally:
            conn.close()
        assert found is not None
        return found

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What another program would find."""
        with looking(self.folder) as conn:
            try:
                return conn.execute(sql).fetchall()
            except sqlite3.Error as error:
                raise AssertionError(sql) from error


@asynccontextmanager
async def seated(
    folder: str | Path, size: tuple[int, int] = (80, 24), config: Config = DEFAULTS, **options: Any
) -> AsyncIterator[Seat]:
    """The app, opened on a folder that exists. Reads take as long as they need: a busy machine changes nothing."""
    budget, gateways.BUDGET = gateways.BUDGET, 60.0
    try:
        app = DeskmateApp(Gateway(str(folder), **options), None, config)
        async with app.run_test(size=size) as pilot:
            seat = Seat(app, pilot, str(folder))
            await seat.settle()
            yield seat
    finally:
        gateways.BUDGET = budget
