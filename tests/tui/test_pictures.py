"""Pictures on the screen: made aside, one at a time, remembered; and words where none can be shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from textual.app import App, ComposeResult

from deskmate.config import Config
from deskmate.domain.files import Kept
from deskmate.domain.picture import Mark, MarkKind, Picture
from deskmate.services import pictures
from deskmate.tui.gateway import DEFAULTS, Answer, Gateway
from deskmate.tui.pictures import Look
from deskmate.tui.widgets.picture_view import COMING, PictureView
from tests.support.desks import line, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path / "data") as desk:
        desk.capture(line("printer jams"))
    return tmp_path / "data"


@pytest.fixture
def picture(folder: Path, tmp_path: Path) -> Picture:
    """Red above, blue below."""
    image = Image.new("RGB", (800, 400), "red")
    image.paste("blue", (0, 200, 800, 400))
    image.save(tmp_path / "p.png")
    return replace(pictures.keep(str(folder), str(tmp_path / "p.png"), "p1"), alt="the window of [OK]")


class Frame(App[None]):
    """A picture in a box."""

    CSS = "PictureView { width: 40; height: 12; }"

    def __init__(self, folder: Path, config: Config) -> None:
        super().__init__()
        self.gateway = Gateway(str(folder))
        self.gateway.config = config
        self.view = PictureView(self.gateway.pictures)

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.gateway.start()

    def lines(self) -> list[str]:
        view = self.view
        return [text for y in range(view.size.height) if (text := "".join(part for part, _ in view.spans(y)))]

    async def until(self, text: str) -> list[str]:
        async with asyncio.timeout(20):
            while not any(text in line for line in self.lines()):
                await asyncio.sleep(0.01)
        return self.lines()


@asynccontextmanager
async def framed(folder: Path, config: Config = DEFAULTS) -> AsyncIterator[Frame]:
    app = Frame(folder, config)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield app


async def test_a_view_shows_a_picture_and_any_region_of_it(folder: Path, picture: Picture) -> None:
    async with framed(folder) as app:
        app.view.show(picture)
        assert app.lines() == [COMING]
        assert await app.until("▀") == ["▀" * 40] * 10
        assert [app.view.spans(0)[0][1], app.view.spans(9)[0][1]] == ["#ff0000 #ff0000", "#0000ff #0000ff"]
        app.view.zoom((0, 190, 10, 210))
        assert app.lines() == ["▀" * 40] * 10, "it stays until the other is there"
        async with asyncio.timeout(20):
            while len(app.lines()) != 12:
                await asyncio.sleep(0.01)
        assert app.lines() == ["▀" * 12] * 12
        assert [app.view.spans(5)[0][1], app.view.spans(6)[0][1]] == ["#ff0000 #ff0000", "#0000ff #0000ff"]
        app.view.zoom(None)
        assert app.lines() == ["▀" * 40] * 10, "it is known by now"
        app.view.show(replace(picture, marks=(Mark(MarkKind.REDACT, 0, 0, 800, 200),)))
        async with asyncio.timeout(20):
            while app.view.spans(0)[0][1] != "#000000 #000000":
                await asyncio.sleep(0.01)
        app.view.show(None)
        assert app.lines() == []


async def test_words_stand_where_no_picture_can_be_shown(folder: Path, picture: Picture) -> None:
    async with framed(folder, Config(pictures=False)) as app:
        app.view.show(picture)
        assert app.lines() == ["▒ the window of [OK]"]
    async with framed(folder) as app:
        app.view.styles.height = 2
        app.view.show(picture)
        await app.until("▒ the window of [OK]")
        app.view.styles.height = 12
        await app.until("▀")
        app.view.show(replace(picture, file=Kept("gone.png", 9, "f" * 64)))
        await app.until("the window of [OK]: gone.png is not")


async def test_one_is_made_at_a_time_and_who_leaves_is_not_told(folder: Path, picture: Picture) -> None:
    """The first is on its way when its owner leaves; the second never begins; the third is told."""
    async with framed(folder) as app:
        told: dict[str, Answer] = {}
        jobs: list[Look] = []
        gateway = app.gateway
        aside = gateway.aside

        def counted(job: object, then: partial[None]) -> None:
            jobs.append(then.args[0])
            aside(job, then)  # type: ignore[arg-type]

        gateway.aside = counted  # type: ignore[method-assign, assignment]
        first, second, third = (Look(picture.file, columns, 20, "#000000") for columns in (10, 20, 30))
        for owner, look in (("a", first), ("a", second), ("b", third)):
            gateway.pictures.ask(owner, look, partial(told.__setitem__, f"{owner} {look.columns}"))
        gateway.pictures.leave("a")
        async with asyncio.timeout(20):
            while not told:
                await asyncio.sleep(0.01)
        assert (list(told), jobs) == (["b 30"], [first, third])
        assert gateway.pictures.known(first)
        assert not gateway.pictures.known(second)
        assert pictures.small.cache_info().currsize
        gateway.pictures.forget()
        assert not gateway.pictures.known(first), "an original that is gone for good is in no memory"
        assert not pictures.small.cache_info().currsize
