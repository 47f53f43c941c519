"""A reply: what is seen here is what goes out, letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.domain.canned import PLACEHOLDERS, fill, unfilled
from deskmate.domain.plain_language import hint
from deskmate.domain.public import Letterhead
from deskmate.domain.reply import ADDRESSED, Sending, Way, subject
from deskmate.domain.text import clean, safe
from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class ReplyDialog(LongTextDialog):
    """Gives back the text. ``heads`` are those who get it, each alone; ``fresh`` says that nobody wrote it yet."""

    DEFAULT_CSS = """
    ReplyDialog TextArea { height: 10; margin: 1 0 0 0; }
    ReplyDialog OneLine { margin: 0; }
    """

    kind = "reply"
    saves = "send"

    def __init__(
        self,
        gateway: Gateway,
        requests: tuple[int, ...],
        heads: tuple[Letterhead, ...],
        sending: Sending,
        text: str = "",
        cursor: int = -1,
        *,
        fresh: bool = False,
        enclosed: str = "",
    ) -> None:
        """``enclosed`` says which guide goes with it; empty for none."""
        super().__init__(gateway, draft_key(requests), requests[0], text, cursor)
        self.requests = requests
        self._heads = heads
        self.way = way_of(heads, sending)
        self._sending = sending
        self._fresh = fresh
        self._enclosed = enclosed

    def compose(self) -> ComposeResult:
        """Whom to, about what and how; the text; a quiet hint; the keys."""
        with Vertical(classes="box") as box:
            whom = self._heads[0].name if len(self._heads) == 1 else f"{len(self._heads)} requests, each alone"
            box.border_title = Content(f"Reply to {safe(whom)}")
            for name in self._head():
                yield OneLine(id=name, ground="field-ground")
            yield self.area()
            yield OneLine(id="hint", ground="field-ground")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Fill in the head."""
        for name, words in self._head().items():
            self.query_one(f"#{name}", OneLine).show([(f"{name.capitalize():<9}", "dim"), (safe(words), "")])
        self._hint()
        super().on_mount()

    def may_go(self, text: str) -> bool:
        """Nothing hidden, and nothing left to fill in."""
        plain, hidden = clean(text, multiline=True)
        if hidden:
            self.replace(plain)
            self._say(f"{hidden} hidden characters are shown now; ctrl+o sends it as you see it")
            return False
        many = len(self._heads) > 1
        reached = [head for head in self._heads if not many or (head.name and head.address)]  # the others are named
        for head in reached:
            why = unfilled(fill(plain, head) if many else plain, head)
            if why:
                self._say(f"not sent: {f'{head.number}: ' if many else ''}{why}")
                return False
        return True

    def leave(self) -> None:
        """A text that nobody has touched leaves nothing behind."""
        if self._fresh and self.text()[0] == self._text:
            self.gateway.save_draft(self.draft, "", 0, self.draft_request)
            self.finished()
            self.dismiss(None)
        else:
            super().leave()

    def on_text_area_changed(self) -> None:
        """Keep it, and see how plain it is."""
        self._hint()
        super().on_text_area_changed()

    def _head(self) -> dict[str, str]:
        said = {"via": self._via(), "to": self._to(), "subject": self._subject()}
        return said | ({"with": self._enclosed} if self._enclosed else {})

    def _via(self) -> str:
        wanted = Way(self._sending.deliver)
        words = {
            Way.COMMAND: f"mail, by {' '.join(self._sending.command) or 'a command that is not set'}",
            Way.EML: f"mail file in {self._sending.folder or 'the outbox of the data folder'}",
            Way.MAILTO: "your mail program, which opens with it",
        }.get(self.way, "the clipboard, for you to paste")
        if len(self._heads) > 1 and wanted is Way.CLIPBOARD:
            words = f"mail files in {self._sending.folder or 'the outbox'}; the clipboard holds only one"
        elif self.way is not wanted:
            words += f"; no address for {self._heads[0].name}, C adds one"
        return words

    def _to(self) -> str:
        if len(self._heads) == 1:
            head = self._heads[0]
            return f"{head.name} <{head.address}>" if self.way in ADDRESSED else head.name
        left_out = [head.name or head.number for head in self._heads if not (head.name and head.address)]
        others = ", ".join(head.name for head in self._heads if head.name and head.address)
        return "; left out, without an address: ".join([others, ", ".join(left_out)] if left_out else [others])

    def _subject(self) -> str:
        if len(self._heads) == 1:
            return subject(self._heads[0])
        return f"{subject(self._heads[0])}; for the others their own number and title"

    def _hint(self) -> None:
        said = hint(self.text()[0])
        if len(self._heads) > 1 and not said:
            said = f"filled in for each: {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}"
        self.query_one("#hint", OneLine).show([(said, "dim")])

    def _say(self, words: str) -> None:
        spans: Spans = [(safe(words), "error")]
        self.query_one("#hint", OneLine).show(spans)


def way_of(heads: tuple[Letterhead, ...], sending: Sending) -> Way:
    """How replies to these leave: one to somebody without an address by the clipboard, several never by it."""
    return sending.way(heads[0].address) if len(heads) == 1 else sending.way_of_several()


def draft_key(requests: tuple[int, ...]) -> str:
    """Where the text is kept while it is written."""
    return f"{'reply' if len(requests) == 1 else 'replies'}:{requests[0]}"
