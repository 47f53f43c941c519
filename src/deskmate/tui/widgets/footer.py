"""The bottom of the screen: the best verbs now, the strip of a waiting prefix, or what just happened."""

from __future__ import annotations

from deskmate.domain.text import safe
from deskmate.tui.frame import Spans, cut, end_with, rule
from deskmate.tui.widgets.lines import Lines


class Footer(Lines):
    """Two lines: one across, and one that is given. A message stays until the next key."""

    DEFAULT_CSS = "Footer { height: 2; }"

    def __init__(self, help_key: str = "?") -> None:
        super().__init__(id="footer")
        self._more: Spans = [(f"{help_key} ", "key"), ("more ", "dim")]
        self._verbs: Spans = []
        self._strip: Spans | None = None
        self._message: tuple[Spans, Spans] | None = None

    def verbs(self, pairs: list[tuple[str, str]]) -> None:
        """The verbs that fit best, as (key, name)."""
        self._set("_verbs", _pairs(pairs))

    def strip(self, title: str, pairs: list[tuple[str, str]] | None) -> None:
        """What a waiting prefix takes next; None when none waits."""
        self._set("_strip", None if pairs is None else [(f" {title}  ", "bold"), *_pairs(pairs)])

    def say(self, text: str, hint: str = "", *, error: bool = False) -> None:
        """Say what happened, until the next key. A hint takes the second line."""
        words: Spans = [(f" {safe(text)}", "error" if error else "")]
        below: Spans = [(f" {safe(hint)}", "dim")]
        self._set("_message", (words, below) if hint else ([], words))

    def quiet(self) -> None:
        """Take the message away."""
        self._set("_message", None)

    def spans(self, y: int) -> Spans:
        """The line across or the words."""
        width = self.size.width
        if self._strip is not None:
            return rule(width) if y == 0 else cut(self._strip, width)
        if self._message is not None:
            spans = self._message[y]
            return cut(spans, width) if spans else rule(width)
        return rule(width) if y == 0 else end_with(self._verbs, width, self._more)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.refresh()


def _pairs(pairs: list[tuple[str, str]]) -> Spans:
    spans: Spans = [(" ", "")]
    for key, name in pairs:
        spans += [(f"{key} ", "key"), (f"{name}   ", "dim")]
    return spans
