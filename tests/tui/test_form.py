"""The form: fields, what is offered in them, what is wrong with them, and the one draft of all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from deskmate.domain.text import clean
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.form import Changed, Field, FormDialog, as_draft
from tests.nasty import entries
from tests.support.pilots import Seat, seated

FIELDS = (
    Field("name", "Name", "Ada Weber"),
    Field("kind", "Kind", "requester", choices=("requester", "contact", "vendor"), only=True),
    Field(
        "room", "Room", choices=lambda typed: [room for room in ("2.14", "2.15", "3.01") if room.startswith(typed)]
    ),
    Field("details", "Details", lines=3),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty desk."""
    desk = Desk(str(tmp_path), actor="test")
    desk.warm_up()
    desk.close()
    return tmp_path


def opened(seat: Seat, **options: Any) -> list[Changed | None]:
    """Open the form as its callers do; the list gets what it gives back."""
    given: list[Changed | None] = []
    gateway = seat.app.gateway
    text, cursor = gateway.draft("form:1")
    form = FormDialog(gateway, "form", (), "A form", FIELDS, draft="form:1", text=text, cursor=cursor, **options)
    seat.queue.open_dialog(form, given.append)
    return given


async def test_only_what_changed_is_given_back(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat)
        await seat.settle()
        await seat.press("tab", "tab")
        await seat.type("2.1")
        await seat.press("down", "down", "tab")
        await seat.type("prefers a visit")
        await seat.press("enter")
        await seat.type("to a call")
        assert "Ada Weber" in seat.text()
        assert "requester" in seat.text()
        await seat.press("ctrl+o")
        assert given == [{"room": "2.15", "details": "prefers a visit\nto a call"}]


async def test_a_form_with_nothing_changed_just_closes(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat)
        await seat.settle()
        await seat.press("end")
        await seat.type("x")
        await seat.press("backspace", "shift+tab", "ctrl+o")
        assert given == [None]
        assert seat.ask("SELECT key FROM draft") == []


async def test_a_choice_is_stepped_through_or_begun(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat)
        await seat.settle()
        await seat.press("tab", "up")
        assert seat.app.screen.query_one("#field-1", Input).value == "vendor"
        await seat.press("ctrl+u")
        await seat.type("CON")
        await seat.press("tab", "ctrl+o")
        assert given == [{"kind": "contact"}]


async def test_what_is_no_choice_is_refused_beside_its_field(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat, check=lambda changed: {"name": "a name, please"} if changed.get("name") == "" else {})
        await seat.settle()
        await seat.press("ctrl+u", "tab", "ctrl+u")
        await seat.type("boss")
        await seat.press("ctrl+o")
        screen = seat.text()
        assert "a name, please" in screen
        assert "one of requester, contact, vendor" in screen
        await seat.type("Eve")
        assert "a name, please" not in seat.text()
        await seat.press("tab", "ctrl+u")
        await seat.type("v")
        await seat.press("ctrl+o")
        assert given == [{"name": "Eve", "kind": "vendor"}]


async def test_leaving_keeps_every_field_and_the_place(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat)
        await seat.settle()
        await seat.press("end")
        await seat.type(" Lind")
        await seat.press("tab", "tab", "tab")
        await seat.type("knows the way")
        await seat.press("escape")
        assert given == [None]
    async with seated(folder) as seat:
        given = opened(seat)
        await seat.settle()
        assert "Ada Weber Lind" in seat.text()
        await seat.type("!")
        await seat.press("ctrl+o")
        assert given == [{"name": "Ada Weber Lind", "details": "knows the way!"}]


async def test_typing_replaces_what_was_filled_in_and_goes_on_with_what_was_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat, begun={"name": "24 Nov", "room": "2.14"})
        await seat.settle()
        await seat.press("escape")
        assert seat.ask("SELECT key FROM draft") == [], "what is proposed is no draft"
        given = opened(seat, begun={"name": "25 Nov", "room": "2.14"})
        await seat.settle()
        await seat.type("next ")
        await seat.press("tab", "shift+tab")
        await seat.type("week")
        await seat.press("shift+tab", "shift+tab")
        assert await seat.app.pasted(events.Paste("3.01"))
        await seat.press("ctrl+o")
        assert given == [{"name": "next week", "room": "3.01"}]


async def test_what_could_not_be_saved_comes_back_with_its_reason(folder: Path) -> None:
    async with seated(folder) as seat:
        form = FormDialog(
            seat.app.gateway,
            "form",
            (),
            "A form",
            FIELDS,
            draft="form:1",
            text=as_draft({"room": "9.99"}),
            errors={"room": "there is no such room"},
        )
        seat.queue.open_dialog(form, lambda changed: None)
        await seat.settle()
        assert "9.99" in seat.text()
        assert "there is no such room" in seat.text()
        await seat.press("backspace")
        assert "there is no such room" not in seat.text()


async def test_a_paste_goes_into_its_field_whole(folder: Path) -> None:
    async with seated(folder) as seat:
        given = opened(seat)
        await seat.settle()
        await seat.press("ctrl+u")
        assert await seat.app.pasted(events.Paste("Ada\nLind\x1b[2J"))
        await seat.press("ctrl+o")
        assert given == [{"name": "Ada Lind␛[2J"}]


async def test_hostile_texts_stand_in_fields(folder: Path) -> None:
    texts = [clean(text)[0][:200] for _id, text in entries()]
    fields = [Field(f"f{count}", "[bold]Field", text) for count, text in enumerate(texts[::8])]
    fields.append(Field("last", "Last", "\n".join(texts), lines=3))
    async with seated(folder) as seat:
        given: list[Changed | None] = []
        form = FormDialog(seat.app.gateway, "form", (), "[bold]A form", fields, draft="form:1")
        seat.queue.open_dialog(form, given.append)
        await seat.settle()
        assert "[bold]Field" in seat.text()
        await seat.send(*["tab"] * (len(fields) - 1))
        await seat.settle()
        assert not any(char in seat.text() for char in "\x1b\x07\u202e")
        await seat.press("tab", "end")
        await seat.type("x")
        await seat.press("ctrl+o")
        assert given == [{"f0": f"{texts[0]}x"}]
