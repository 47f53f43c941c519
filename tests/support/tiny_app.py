"""The smallest app that uses all of `deskmate.tui.terminal`, for tests in a real terminal.

Run as `python -m tests.support.tiny_app KIND [WORDS]`. `hello` is the same app on ours as `plain` on
Textual's own base, to compare the two.
"""
# The early frame comes before Textual is imported, that is the point of it.
# ruff: noqa: E402

import asyncio
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

EARLY = [f"early row {number}" for number in range(1, 11)]


def _early() -> None:
    from deskmate.tui import early

    assert early.begin() is not None
    early.paint(EARLY)


if __name__ == "__main__" and sys.argv[1].startswith("early"):
    _early()

from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static

from deskmate.tui.early import end
from deskmate.tui.terminal import TerminalApp, install_signal_handlers


class Ask(ModalScreen[str]):
    """One line."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="capture")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    def key_escape(self) -> None:
        self.dismiss("")


class SlowAsk(Ask):
    """A screen that takes its time, and gives the focus away late."""

    AUTO_FOCUS = ""

    async def on_mount(self) -> None:
        await asyncio.sleep(0.05)
        self.call_after_refresh(self.query_one(Input).focus)


class Tiny(TerminalApp):
    """Keys: a ask, A ask slowly, p and a digit, x counts, q quits, ! crashes. State goes to the last line."""

    CSS = "Screen { overflow: hidden; } #state { dock: bottom; } Input { border: none; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.prefix = ""
        self.folder = os.environ.get("TINY_FOLDER")

    def log_folder(self) -> str | None:
        return self.folder

    def compose(self) -> ComposeResult:
        yield Static("READY-MARK")
        yield Static("", id="state")

    def on_mount(self) -> None:
        install_signal_handlers(self, self.flush)

    def flush(self) -> None:
        if self.folder:
            Path(self.folder, "draft").write_text(" ".join(self.seen), encoding="utf-8")

    def say(self, what: str) -> None:
        self.seen.append(what)
        self.screen_stack[0].query_one("#state", Static).update(Content(" ".join(self.seen[-12:])))

    async def press(self, event: Key) -> bool:
        if self.typing() or len(self.screen_stack) > 1:
            return False
        key = event.key
        if self.prefix:
            self.say(self.prefix + key)
            self.prefix = ""
        elif key == "p":
            self.prefix = key
        elif key in ("a", "A"):
            self.push_screen(Ask() if key == "a" else SlowAsk(), lambda text: self.say(f"<{text}>"))
        elif key == "q":
            self.exit()
        elif key == "exclamation_mark":
            secret = "CANARY-LOCAL of Alice"
            raise RuntimeError("CANARY-MESSAGE" + secret[:0])
        elif key in ("W", "T"):
            self.fail_elsewhere(key)
        elif key == "Z":
            self.action_suspend_process()
        else:
            self.say(key)
        return True

    def fail_elsewhere(self, key: str) -> None:
        async def work() -> None:
            secret = "CANARY-LOCAL of Bob"
            raise ValueError("CANARY-MESSAGE" + secret[:0])

        if key == "W":
            self.run_worker(work())
        else:
            self.stray = asyncio.get_running_loop().create_task(work())
            self.say("stray")

    async def pasted(self, event: Paste) -> bool:
        if self.typing():
            return False
        self.say(f"pasted:{len(event.text)}")
        return True


class EarlyTiny(Tiny):
    """Comes late, and paints nothing real before that."""

    ready = False

    def compose(self) -> ComposeResult:
        yield Static("", id="rows")
        yield Static("", id="state")

    def on_mount(self) -> None:
        self.set_timer(0.15, self.fill)

    def fill(self) -> None:
        self.ready = True
        self.query_one("#rows", Static).update("\n".join(f"Textual {row}" for row in [*EARLY, "READY-MARK"]))

    def content_ready(self) -> bool:
        return self.ready


class Hostile(Tiny):
    """Shows foreign text in widgets of several kinds."""

    CSS = "Static, Label, Input, OptionList { height: auto; } Input { border: none; }"

    def __init__(self, kind: str, texts: list[str]) -> None:
        super().__init__()
        self.kind = kind
        self.texts = texts

    def compose(self) -> ComposeResult:
        from rich.text import Text

        if self.kind == "options":
            yield OptionList(*(Content(text) for text in self.texts))
        for text in self.texts:
            if self.kind == "static":
                yield Static(Content(text))
            elif self.kind == "rich":
                yield Static(Text(text))
            elif self.kind == "label":
                yield Label(Content(text))
            elif self.kind == "input":
                yield Input(text)
            elif self.kind == "title":
                box = Static("in")
                box.styles.border = ("round", "white")
                box.border_title = Content(text)  # type: ignore[assignment]
                yield box
        yield Static("READY-MARK", id="state")


class Plain(App[None]):
    """Textual's own hello, to compare with."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Static("READY-MARK")

    def on_key(self, event: Key) -> None:
        self.count = getattr(self, "count", 0) + 1
        if event.key == "q":
            self.exit()
        self.query_one(Static).update(f"K-{self.count:05d} {event.key}")


class Hello(TerminalApp):
    """The same on ours."""

    ENABLE_COMMAND_PALETTE = False
    compose: Any = Plain.compose
    on_key: Any = Plain.on_key


def main() -> int:
    """Run the app that the first word names."""
    kind = sys.argv[1]
    app: App[None]
    if kind == "hostile":
        app = Hostile(sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))
    else:
        app = {"plain": Plain, "hello": Hello, "early": EarlyTiny, "earlyplain": Hello, "tiny": Tiny}[kind]()
    app.run()
    assert threading.current_thread() is threading.main_thread()
    code = app.return_code or 0
    if kind == "plain":
        return code
    end(code)


if __name__ == "__main__":
    sys.exit(main())
