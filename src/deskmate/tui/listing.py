"""The order of a list that may hold a million requests, and the cursor in it.

A list is a vector of request numbers; rows are read when they are painted. The cursor belongs to a
request, never to a position. What changes elsewhere is moved to its new place by number. The request
under the cursor keeps its place until the cursor leaves it, whatever was done to it: so a list never
moves under the hand, and in a burst of keys ``j`` means the next line as it was seen.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cmp_to_key

from deskmate.domain import local
from deskmate.domain.calendar import Calendar
from deskmate.domain.query import parse
from deskmate.domain.row import Row
from deskmate.domain.views import OwnView, View
from deskmate.store.read import find, queue
from deskmate.store.read.budget import Interrupted
from deskmate.store.read.criteria import newest_first
from deskmate.tui.frame import MANY
from deskmate.tui.gateway import Gateway

PAGE = 256
"""Requests read at once when a list is opened."""
HITS = 64
"""Hits read at once while a search is typed: what is shown comes first, the rest follows."""
WINDOW = 64
"""Rows read at a time."""
KEPT = 32
"""Windows of rows kept in memory."""


class Listing:
    """Numbers in view order, a cursor on one of them, and the rows around it."""

    def __init__(self, gateway: Gateway, now: Callable[[], datetime] = local.now) -> None:
        self._gateway = gateway
        self._read = gateway.read_whole
        self._now = now
        self.tab: View | OwnView = View.NOW
        self.view = View.NOW
        """The view whose order it has: the tab itself, or the one that a view of one's own lies in."""
        self.query = ""
        self._understand()
        self.hidden = 0
        self.numbers: array[int] = array("q")
        self.cursor = 0
        self.complete = False
        self.sorted = True
        self._rows: dict[int, Row] = {}
        self._seeded: list[Row] = []
        self._moved = False
        self._wanted: tuple[int, ...] = ()
        self._meanwhile: list[int] | None = None  # what changed while a worker reads

    def open(self, tab: View | OwnView, query: str = "", top: int | None = None) -> None:
        """Show a view, or what of it a query finds: at once, as much as a screen needs.

        ``complete`` says whether that is all; ``load`` gets the rest. ``top`` is a request that should
        be in sight when the list is opened anew. Another view and another query begin at the top.
        """
        same = tab == self.tab and query == self.query
        if tab != self.tab or (query and not same):
            self.numbers, self.cursor, self._wanted = array("q"), 0, ()
        self.tab, self.query, self.hidden = tab, query, 0
        self._understand()
        try:
            numbers, complete = self._first(same, top) if self._found.empty else self._search()
        except Interrupted:
            if same and len(self.numbers):  # what is there stays until the rest has come
                self.complete = False
                self._rows.clear()
            else:
                named = self._found.number
                there = named is not None and self._read(find.exists, named)
                self.replace([named] if named and there else [], complete=False, in_order=self._in_order)
        else:
            self.replace(numbers, complete=complete, in_order=self._in_order, keep=same)

    def _office(self) -> Calendar:
        return self._gateway.calendar

    def _understand(self) -> None:
        """Read the queries as they are meant now."""
        now = self._now()
        self._typed = self._found = parse(self.query, now, self._office)
        if isinstance(self.tab, OwnView):
            own = parse(self.tab.query, now, self._office)
            self.view = own.view or View.ALL
            self._found = self._typed.within(own)
        else:
            self.view = self.tab
        self._in_order = not newest_first(self._found)

    @property
    def unclear(self) -> tuple[str, ...]:
        """The parts of what was typed that are left out, because their value is not understood."""
        return self._typed.unclear

    async def load_hits(self) -> bool:
        """Get the first hits from a worker, where that takes too long at once; False as for ``load``."""
        asked = self._found
        found = await self._gateway.read_later("list", find.first, self.view, asked, HITS)
        if found is None or asked is not self._found:
            return False
        self.replace(found, complete=False, in_order=self._in_order)
        return True

    async def load(self) -> bool:
        """Get the whole list from a worker; False when something newer was asked meanwhile."""
        self._understand()
        asked = self._found
        self._meanwhile = []
        found = await self._gateway.read_later("list", find.whole, self.view, asked, self._typed, MANY)
        if found is None or asked is not self._found:
            return False
        numbers, self.hidden = found
        meanwhile, self._meanwhile = self._meanwhile or [], None
        self.replace(numbers, complete=True, in_order=self._in_order, keep=True)
        self.changed(meanwhile)
        return True

    def _first(self, same: bool, top: int | None) -> tuple[list[int], bool]:
        if same and top is None:
            top = self.numbers[max(0, self.cursor - WINDOW)] if len(self.numbers) else None
        rows = self._gateway.read(queue.first, self.view, PAGE)
        complete = len(rows) < PAGE
        if not complete and top is not None and all(row[0] != top for row in rows):
            # The place to come back to lies deeper: better a moment now than a list that jumps.
            return [n for piece in self._read(queue.ids, self.view) for n in piece], True
        self._seeded = rows
        return [row[0] for row in rows], complete

    def _search(self) -> tuple[list[int], bool]:
        numbers = self._gateway.read(find.first, self.view, self._found, HITS)
        complete = len(numbers) < HITS
        if complete and not self._typed.empty and self.tab is not View.ALL:
            everywhere = self._gateway.read(find.count, View.ALL, self._typed, len(numbers) + MANY)
            self.hidden = everywhere - len(numbers)
        return numbers, complete

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def current(self) -> int | None:
        """The number of the request under the cursor."""
        return self.numbers[self.cursor] if self.numbers else None

    def replace(self, numbers: Iterable[int], *, complete: bool, in_order: bool = True, keep: bool = False) -> None:
        """Take a new list. The cursor stays on its request, or on its line when that is gone.

        ``complete`` says that these are all; ``in_order`` that the view's order is theirs, so that
        changes can be patched in; ``keep`` that it is the same list anew, so that the request under the
        cursor stays even if it belongs here no more.
        """
        current = self.current
        self.numbers = array("q", numbers)
        self.complete = complete
        self.sorted = in_order
        self._moved = False
        self._rows = {row[0]: row for row in self._seeded}
        self._seeded = []
        wanted, self._wanted = self._wanted, ()
        found = -1
        for number in (*wanted, *(() if current is None else (current,))):
            found = self._find(number, self.cursor)
            if found >= 0:
                break
        if wanted and not complete and (found < 0 or self.numbers[found] != wanted[0]):
            self._wanted = wanted
        if found >= 0:
            self.cursor = found
        elif keep and current is not None and self._read(find.exists, current):
            self.cursor = min(self.cursor, len(self.numbers))
            self.numbers.insert(self.cursor, current)
            self._moved = True
        self.cursor = max(0, min(self.cursor, len(self.numbers) - 1))

    def go(self, index: int) -> None:
        """Put the cursor on a line; the request it leaves takes the place that is now its own."""
        self._wanted = ()
        target = max(0, min(index, len(self.numbers) - 1))
        if target == self.cursor or not self.numbers:
            return
        wanted = self.numbers[target]
        left = self.numbers[self.cursor]
        self.cursor = target
        if self._moved:
            self._moved = False
            if self.sorted:
                self._settle([left])
            else:
                self.numbers.remove(left)
            self.cursor = self._find(wanted, self.cursor)

    def go_to(self, *numbers: int) -> bool:
        """Put the cursor on the first of these requests that is here; False when none is.

        While the list is not complete they are looked for again when the rest of it comes.
        """
        for number in numbers:
            index = self._find(number, self.cursor)
            if index >= 0:
                self.go(index)
                break
        else:
            index = -1
        if not self.complete and (index < 0 or number != numbers[0]):
            self._wanted = numbers
        return index >= 0

    def stay(self, number: int) -> bool:
        """Put the cursor on a request even where it belongs here no more; it stays until the cursor leaves it.

        False when it is not there at all.
        """
        index = self._find(number, self.cursor)
        if index >= 0:
            self.go(index)
        elif not self._read(find.exists, number):
            return False
        else:
            self.go(self.cursor)
            self.numbers.insert(self.cursor, number)
            self._rows.pop(number, None)
            self._wanted = ()
            self._moved = True
        return True

    def changed(self, numbers: Sequence[int]) -> None:
        """These requests changed: read them anew and, save for the one under the cursor, move them."""
        self.forget(numbers)
        if self._meanwhile is not None:
            self._meanwhile += numbers
        if not self.sorted:
            return
        current = self.current
        if current is not None and current in numbers:
            if self._read(find.exists, current):
                self._moved = True
            else:  # its capture was undone: there is nothing left to stay for
                del self.numbers[self.cursor]
                current, self._moved = None, False
        elsewhere = [number for number in numbers if number != current]
        if elsewhere:
            self._settle(elsewhere)
            if current is not None:
                self.cursor = max(0, self._find(current, self.cursor))
        self.cursor = max(0, min(self.cursor, len(self.numbers) - 1))

    def row(self, index: int) -> Row | None:
        """The row on a line, read with its neighbours; None past the end."""
        if not 0 <= index < len(self.numbers):
            return None
        number = self.numbers[index]
        found = self._rows.get(number)
        if found is None:
            start = index - index % WINDOW
            if len(self._rows) > WINDOW * KEPT:
                self._rows.clear()
            self._rows.update(self._read(queue.rows, self.numbers[start : start + WINDOW]))
            found = self._rows.get(number)
        return found

    def forget(self, numbers: Iterable[int] | None) -> None:
        """Read these rows anew when they are painted next; all of them for None."""
        if numbers is None:
            self._rows.clear()
            return
        for number in numbers:
            self._rows.pop(number, None)

    def line_of(self, number: int) -> int:
        """The line of a request; -1 when this list does not hold it."""
        return self._find(number, self.cursor)

    @property
    def astray(self) -> bool:
        """Whether the request under the cursor stands where it no longer belongs."""
        return self._moved

    def row_of(self, number: int) -> Row | None:
        """The row of a request, whether this list shows it or not."""
        return self._rows.get(number) or self._read(queue.rows, [number]).get(number)

    def position(self) -> str:
        """Where the cursor is, as ``3/7``."""
        if not self.numbers:
            return "0/0"
        return f"{self.cursor + 1}/{len(self.numbers)}{'' if self.complete else '+'}"

    def _find(self, number: int, near: int) -> int:
        """The line of a request, looked for around ``near`` first; -1 when it is not here."""
        low = max(0, near - WINDOW)
        for index in range(low, min(len(self.numbers), near + WINDOW)):
            if self.numbers[index] == number:
                return index
        try:
            return self.numbers.index(number)
        except ValueError:
            return -1

    def _settle(self, numbers: Sequence[int]) -> None:
        """Move requests to where they belong now, or out of the list; numbers at the cursor stay aside."""
        for number in numbers:
            index = self._find(number, self.cursor)
            if index >= 0:
                del self.numbers[index]
                if index < self.cursor:
                    self.cursor -= 1
        found = ((self._read(find.key, self.view, self._found, number), number) for number in numbers)
        shown = [(key, number) for key, number in found if key is not None]

        def order(one: tuple[queue.Key, int], other: tuple[queue.Key, int]) -> int:
            return 1 if queue.comes_after(self.view, one[0], other[0]) else -1

        for key, number in sorted(shown, key=cmp_to_key(order)):
            place = self._place_for(key)
            if place == len(self.numbers) - self._moved and not self.complete:
                continue  # it belongs to the part that was not read yet
            index = place + self._passes(key, place)
            self.numbers.insert(index, number)
            if index <= self.cursor and len(self.numbers) > 1:
                self.cursor += 1

    def _passes(self, key: queue.Key, place: int) -> bool:
        """Whether that is below the request under the cursor; beside it, the order there would be decides."""
        if not self._moved or place != self.cursor:
            return self._moved and place > self.cursor
        return queue.comes_after(self.view, key, self._read(queue.sort_key, self.view, self.numbers[place]))

    def _place_for(self, key: queue.Key) -> int:
        """How many come before a request with this sort key, found in a handful of reads.

        The request under the cursor may stand out of order, so it is passed over.
        """
        aside = self.cursor if self._moved else len(self.numbers)
        low, high = 0, len(self.numbers) - self._moved
        while low < high:
            middle = (low + high) // 2
            number = self.numbers[middle if middle < aside else middle + 1]
            if queue.comes_after(self.view, key, self._read(queue.sort_key, self.view, number)):
                low = middle + 1
            else:
                high = middle
        return low
