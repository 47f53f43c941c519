"""The list behind the screen, against a naive one: what is under the hand stays there, all else is in order."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from deskmate.domain import commands, local
from deskmate.domain.priority import Priority
from deskmate.domain.query import parse
from deskmate.domain.row import NUMBER, STATUS
from deskmate.domain.status import DropReason
from deskmate.domain.views import OwnView, View
from deskmate.errors import DeskmateError
from deskmate.services import importing
from deskmate.services.desk import Desk
from deskmate.store.read import find, queue
from deskmate.tui import gateway as gateways
from deskmate.tui import listing as listings
from deskmate.tui.gateway import Gateway
from deskmate.tui.listing import Listing
from tests.support.desks import import_row, line, opened, ticking

OWN = (OwnView(1, "Urgent", "is:now prio:<=2"), OwnView(2, "Rest", "prio:none,3 -status:dropped"))
"""Views that are asked for by their fields: followed like those that are built in."""


def in_order(reader: Gateway, view: View) -> list[int]:
    """The naive list: everything, read anew."""
    return [number for piece in reader.read_whole(queue.ids, view) for number in piece]


def found_by(reader: Gateway, view: View, query: str) -> list[int]:
    found = parse(query, local.now())
    return list(reader.read_whole(find.whole, view, found, found, 0)[0])


def follow(listing: Listing, gateway: Gateway) -> None:
    """What the screen does on its rounds."""
    news, numbers = gateway.news()
    if not news:
        return
    if numbers is None or (numbers and not listing.sorted):
        listing.open(listing.tab, listing.query)
        if not listing.complete:
            asyncio.run(load(listing))
    elif numbers:
        listing.changed(numbers)


async def load(listing: Listing) -> None:
    assert await listing.load()


class ListingMachine(RuleBasedStateMachine):
    """One list follows what any number of commands do to the folder, seen one by one or together."""

    page = 256

    def __init__(self) -> None:
        super().__init__()
        self.folder = mkdtemp()
        self.desk = Desk(self.folder, actor="test", clock=ticking())
        self.page_before, listings.PAGE = listings.PAGE, self.page
        self.budget_before, gateways.BUDGET = gateways.BUDGET, 60.0
        self.imported = 0

    @initialize(count=st.integers(0, 12))
    def begin(self, count: int) -> None:
        for index in range(count):
            self.desk.capture(line(f"printer {index}"))
        self.desk.warm_up()
        self.gateway = Gateway(self.folder)
        self.listing = Listing(self.gateway)
        self.listing.open(View.NOW)
        self.under_hand: int | None = self.listing.current
        self.opened_anew()

    def teardown(self) -> None:
        listings.PAGE, gateways.BUDGET = self.page_before, self.budget_before
        if hasattr(self, "gateway"):
            self.gateway.stop()
        self.desk.close()
        rmtree(self.folder)

    # --- what happens to the folder -------------------------------------------------------------------------

    def numbers(self, chosen: list[int]) -> tuple[int, ...]:
        there = sorted(in_order(self.gateway, View.ALL))
        return tuple(dict.fromkeys(there[index % len(there)] for index in chosen)) if there else ()

    def run(self, command: Any) -> None:
        try:
            self.desk.run(command)
        except DeskmateError:
            pass  # a refusal changes nothing, which is as good a step as any

    choices = st.lists(st.integers(0, 60), min_size=1, max_size=4)

    @rule(title=st.sampled_from(["printer", "vpn", "mail down"]), done=st.booleans())
    def capture(self, title: str, done: bool) -> None:
        self.desk.capture(line(title, done=done))

    @rule(chosen=choices, priority=st.sampled_from(list(Priority)))
    def prioritise(self, chosen: list[int], priority: Priority) -> None:
        self.run(commands.SetPriority(self.numbers(chosen), priority))

    @rule(priority=st.sampled_from(list(Priority)))
    def prioritise_under_hand(self, priority: Priority) -> None:
        if self.listing.current is not None:
            self.run(commands.SetPriority((self.listing.current,), priority))

    @rule(chosen=choices)
    def resolve(self, chosen: list[int]) -> None:
        self.run(commands.Resolve(self.numbers(chosen)))

    @rule()
    def resolve_under_hand(self) -> None:
        if self.listing.current is not None:
            self.run(commands.Resolve((self.listing.current,)))

    @rule(chosen=choices)
    def reopen(self, chosen: list[int]) -> None:
        self.run(commands.Reopen(self.numbers(chosen)))

    @rule(chosen=choices)
    def drop(self, chosen: list[int]) -> None:
        self.run(commands.Drop(self.numbers(chosen), DropReason.SPAM))

    @rule()
    def undo(self) -> None:
        self.run(commands.Undo())

    @rule()
    def redo(self) -> None:
        self.run(commands.Redo())

    @rule(count=st.integers(1, 6))
    def bring_in(self, count: int) -> None:
        rows = [import_row(self.imported + index, f"imported {self.imported + index}") for index in range(count)]
        self.imported += count
        importing.run(self.desk, "elsewhere", rows)

    # --- what the hand does ---------------------------------------------------------------------------------

    @rule()
    def look(self) -> None:
        """However much happened since the last look."""
        before = self.listing.current
        follow(self.listing, self.gateway)
        if before in in_order(self.gateway, View.ALL):
            assert self.listing.current == before, "the cursor went to another request by itself"
        else:
            assert before not in self.listing.numbers, "a capture that was undone is gone at once"
        self.under_hand = self.listing.current
        self.check_order()

    @rule(steps=st.integers(-4, 4))
    def move(self, steps: int) -> None:
        target = self.listing.cursor + steps
        shown = list(self.listing.numbers)
        self.listing.go(target)
        if shown:
            # The next line as it was seen, whatever moved out of the way.
            assert self.listing.current == shown[max(0, min(target, len(shown) - 1))]
        self.under_hand = self.listing.current

    @rule(index=st.integers(0, 60))
    def jump(self, index: int) -> None:
        if len(self.listing):
            wanted = self.listing.numbers[index % len(self.listing)]
            assert self.listing.go_to(wanted)
            assert self.listing.current == wanted
            self.under_hand = wanted
        assert not self.listing.go_to(9_999)

    @rule(tab=st.sampled_from([*View, *OWN]))
    def turn_to(self, tab: View | OwnView) -> None:
        self.listing.open(tab)
        self.opened_anew()

    def opened_anew(self) -> None:
        self.gateway.news()
        self.under_hand = self.listing.current
        self.check_order()

    @precondition(lambda self: not self.listing.complete)
    @rule()
    def load(self) -> None:
        before = self.listing.current
        follow(self.listing, self.gateway)
        asyncio.run(load(self.listing))
        assert self.listing.complete
        if before in in_order(self.gateway, View.ALL):
            assert self.listing.current == before
        self.under_hand = self.listing.current
        self.check_order()

    # --- what always holds ----------------------------------------------------------------------------------

    @invariant()
    def the_cursor_is_where_the_hand_left_it(self) -> None:
        if not hasattr(self, "listing"):
            return
        assert self.listing.current == self.under_hand
        assert 0 <= self.listing.cursor < max(1, len(self.listing))
        assert len(set(self.listing.numbers)) == len(self.listing)

    def true(self) -> list[int]:
        """The list as it is on disk."""
        listing = self.listing
        if isinstance(listing.tab, OwnView):
            return found_by(self.gateway, listing.view, listing.tab.query)
        return in_order(self.gateway, listing.view)

    def check_order(self) -> None:
        """All but what is under the hand stands as the view has it."""
        shown, true = list(self.listing.numbers), self.true()
        others = [number for number in shown if number != self.under_hand]
        expected = [number for number in true if number != self.under_hand]
        if self.listing.complete:
            assert others == expected
        else:  # a beginning of it: nothing left out in between, nothing that is not there
            assert others == expected[: len(others)]
        for index in (0, self.listing.cursor, len(shown) - 1):
            found = self.listing.row(index)
            assert (found[NUMBER] if found else None) == (shown[index] if shown else None)

    @rule()
    def leave(self) -> None:
        """Once the hand has gone elsewhere, what it left is in order too."""
        follow(self.listing, self.gateway)
        if len(self.listing) < 2:
            self.under_hand = self.listing.current
            return  # there is nowhere to go
        self.listing.go(self.listing.cursor + 1 if self.listing.cursor + 1 < len(self.listing) else 0)
        self.under_hand = self.listing.current
        true = self.true()
        shown = list(self.listing.numbers)
        if self.under_hand in true:
            assert shown == (true if self.listing.complete else true[: len(shown)])


class ShortPages(ListingMachine):
    """The same when only the first few are read at first."""

    page = 4


TestListing = ListingMachine.TestCase
TestListing.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestIncompleteListing = ShortPages.TestCase
TestIncompleteListing.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


# --- one thing at a time ------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(gateways, "BUDGET", 60.0)
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def reader(desk: Desk) -> Iterator[Gateway]:
    desk.writer  # noqa: B018 - makes the database
    gateway = Gateway(desk.folder)
    yield gateway
    gateway.stop()


def listed(reader: Gateway, view: View = View.NOW, query: str = "") -> Listing:
    listing = Listing(reader)
    listing.open(view, query)
    reader.news()
    return listing


def test_replace_keeps_the_cursor_on_its_request(reader: Gateway) -> None:
    listing = listed(reader)
    listing.replace([1, 2, 3, 4], complete=True)
    listing.go(2)
    listing.replace([4, 3, 9, 2], complete=True)
    assert listing.current == 3


def test_replace_without_the_request_keeps_the_line(reader: Gateway) -> None:
    listing = listed(reader)
    listing.replace([1, 2, 3, 4], complete=True)
    listing.go(3)
    listing.replace([1, 2], complete=True)
    assert listing.cursor == 1
    listing.replace([], complete=True)
    assert (listing.current, listing.position()) == (None, "0/0")


def test_another_view_begins_at_the_top(desk: Desk, reader: Gateway) -> None:
    for title in "abc":
        desk.capture(line(title))
    listing = listed(reader)
    listing.go_to(3)
    listing.open(View.ALL)
    assert (listing.cursor, listing.current) == (0, 3)
    listing.go_to(1)
    listing.open(View.NEW)
    assert (listing.cursor, listing.current) == (0, 1)


def test_a_search_begins_at_the_top_and_going_back_stays_on_its_hit(desk: Desk, reader: Gateway) -> None:
    for title in ("vpn one", "printer", "vpn two", "vpn three"):
        desk.capture(line(title))
    listing = listed(reader)
    assert listing.current == 1
    listing.open(View.NOW, "vpn")
    assert list(listing.numbers) == [4, 3, 1]
    assert listing.current == 4, "the newest hit, not whatever stood first before"
    listing.go(1)
    listing.open(View.NOW)
    assert listing.current == 3


def test_the_number_that_was_typed_comes_first_even_from_another_view(desk: Desk, reader: Gateway) -> None:
    for index in range(12):
        desk.capture(line(f"room 11, desk {index}"))
    desk.run(commands.Resolve((11,)))
    listing = listed(reader)
    for typed in ("1", "11"):
        listing.open(View.NOW, typed)
    assert listing.current == 11
    assert (listing.row(0) or ())[STATUS] == "resolved"


def test_a_hit_stays_under_the_hand_when_it_is_a_hit_no_more(desk: Desk, reader: Gateway) -> None:
    for title in ("vpn one", "vpn two", "vpn three"):
        desk.capture(line(title))
    listing = listed(reader, query="vpn")
    listing.go(1)
    desk.run(commands.Resolve((2,)))
    follow(listing, reader)
    assert list(listing.numbers) == [3, 2, 1]
    assert listing.current == 2
    listing.go(2)
    assert (list(listing.numbers), listing.current) == ([3, 1], 1)


def test_hits_elsewhere_are_counted(desk: Desk, reader: Gateway) -> None:
    for title in ("vpn one", "vpn two", "vpn three", "printer"):
        desk.capture(line(title))
    desk.run(commands.Resolve((1, 2)))
    assert listed(reader, View.NOW, "vpn").hidden == 2
    assert listed(reader, View.ALL, "vpn").hidden == 0
    assert listed(reader, View.NOW, "").hidden == 0


async def test_a_read_that_takes_too_long_leaves_what_was_there(
    desk: Desk, reader: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(400)])
    listing = listed(reader)
    await listing.load()
    listing.go_to(300)
    monkeypatch.setattr(gateways, "BUDGET", -1.0)
    listing.open(View.NOW)
    assert listing.current == 300
    assert not listing.complete
    await listing.load()
    assert (listing.current, len(listing)) == (300, 400)


async def test_a_place_is_found_again_when_the_first_read_took_too_long(
    desk: Desk, reader: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(400)])
    monkeypatch.setattr(gateways, "BUDGET", -1.0)
    listing = Listing(reader)
    listing.open(View.NOW)
    assert len(listing) == 0
    assert not listing.go_to(300)
    await listing.load()
    assert listing.current == 300


async def test_what_changes_while_the_rest_is_read_is_not_lost(
    desk: Desk, reader: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(400)])
    listing = listed(reader)
    assert not listing.complete
    read_later = reader.read_later

    async def and_meanwhile(*args: Any) -> Any:
        found = await read_later(*args)
        desk.run(commands.SetPriority((399,), Priority.P1))
        desk.run(commands.Resolve((5,)))
        follow(listing, reader)
        return found

    monkeypatch.setattr(reader, "read_later", and_meanwhile)
    await listing.load()
    assert list(listing.numbers) == in_order(reader, View.NOW)


async def test_of_two_loads_only_the_newer_counts(desk: Desk, reader: Gateway) -> None:
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(400)])
    listing = listed(reader)
    older = asyncio.create_task(listing.load())
    await asyncio.sleep(0)
    listing.open(View.ALL)
    newer = asyncio.create_task(listing.load())
    assert [await older, await newer] == [False, True]
    assert list(listing.numbers) == in_order(reader, View.ALL)


def test_a_deep_place_to_come_back_to_is_read_at_once(desk: Desk, reader: Gateway) -> None:
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(400)])
    listing = Listing(reader)
    listing.open(View.NOW, top=350)
    assert listing.complete
    assert listing.go_to(360)


def test_what_changes_together_with_the_request_under_the_hand_stays_around_it(desk: Desk, reader: Gateway) -> None:
    for title in "abcde":
        desk.capture(line(title))
    listing = listed(reader, View.ALL)
    listing.go(2)
    desk.run(commands.SetPriority((1, 2, 3, 4, 5), Priority.P2))
    follow(listing, reader)
    assert list(listing.numbers) == [5, 4, 3, 2, 1]


def test_moving_while_another_program_reopens_what_is_listed(desk: Desk, reader: Gateway) -> None:
    for title in "abcde":
        desk.capture(line(title, done=True))
    listing = listed(reader, View.RESOLVED)
    assert list(listing.numbers) == [5, 4, 3, 2, 1]
    desk.run(commands.Reopen((5,)))
    follow(listing, reader)
    desk.run(commands.Resolve((5,)))
    desk.run(commands.Reopen((3,)))  # nobody has looked since
    listing.go(1)
    follow(listing, reader)
    assert list(listing.numbers) == [5, 4, 2, 1]
    assert listing.current == 4


def test_an_incomplete_list_says_so(desk: Desk, reader: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "PAGE", 2)
    for title in "abc":
        desk.capture(line(title))
    listing = listed(reader)
    assert listing.position() == "1/2+"


def test_a_row_is_read_anew_after_a_change(desk: Desk, reader: Gateway) -> None:
    desk.capture(line("vpn"))
    listing = listed(reader)
    before = listing.row(0)
    desk.run(commands.SetPriority((1,), Priority.P1))
    follow(listing, reader)
    assert listing.row(0) != before
    assert listing.row(1) is None
    assert listing.row(-1) is None
