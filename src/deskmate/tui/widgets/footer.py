"""The bottom of the screen: the best verbs now, the strip of a waiting prefix, or what just happened.

What calls for attention stands at the end of the line across, over which nothing else is written for long.
"""

from __future__ import annotations

from deskmate.domain.text import safe
from deskmate.domain.text import width as cells
from deskmate.tui.frame import Spans, cut, end_with, rule
from deskmate.tui.widgets.lines import Lines

Pairs = list[tuple[str, str]]
"""Keys with what they do."""
GAP, NARROW_GAP = "   ", "  "


class Footer(Lines):
    """Two lines: one across, and one that is given. A message stays until the next key."""

    DEFAULT_CSS = "Footer { height: 2; }"

    def __init__(self, help_key: str = "?") -> None:
        super().__init__(id="footer")
        self._more: Spans = [(f"{help_key} ", "key"), ("more ", "dim")]
        self._verbs: Pairs = []
        self._strip: tuple[str, Pairs] | None = None
        self._message: tuple[Spans, Spans] | None = None
        self._toast: tuple[str, str] = ("", "")
        self._aside = False

    def verbs(self, pairs: Pairs) -> None:
        """The verbs that fit best, as (key, name)."""
        self._set("_verbs", pairs)

    def strip(self, title: str, pairs: Pairs | None) -> None:
        """What a waiting prefix takes next; None when none waits. What does not fit takes the upper line, too."""
        self._set("_strip", None if pairs is None else (title, pairs))

    def say(self, text: str, hint: str = "", *, error: bool = False) -> None:
        """Say what happened, until the next key. A hint takes the second line."""
        words: Spans = [(f" {safe(text)}", "error" if error else "")]
        below: Spans = [(f" {safe(hint)}", "dim")]
        self._set("_message", (words, below) if hint else ([], words))

    def add(self, text: str, hint: str) -> None:
        """Put a hint below what was said, if that is still what is said."""
        if self._message == ([], [(f" {safe(text)}", "")]):
            self.say(text, hint)

    def toast(self, text: str, style: str = "bold") -> None:
        """Say something that came by itself, at the end of the line across; nothing takes it away."""
        self._set("_toast", (safe(text), style))

    def step_aside(self, aside: bool) -> None:
        """A dialog has the keys now, and its own line of them; what happened is still said."""
        self._set("_aside", aside)

    def quiet(self) -> None:
        """Take the message away."""
        self._set("_message", None)

    def withdraw(self, offer: str) -> None:
        """Take the message away if it offers what can not be done any more."""
        if self._message is not None and any(offer in text for line in self._message for text, _style in line):
            self.quiet()

    def spans(self, y: int) -> Spans:
        """The line across or the words."""
        width = self.size.width
        if self._strip is not None:
            return strip_lines(*self._strip, width)[y]
        if self._message is not None:
            spans = self._message[y]
            return cut(spans, width) if spans else self._across(width)
        if y == 0 or self._aside:
            return self._across(width) if y == 0 else []
        return verbs_line(self._verbs, self._more, width)

    def _across(self, width: int) -> Spans:
        """The line across, with what came by itself."""
        return rule(width, *self._toast)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.refresh()


def verbs_line(pairs: Pairs, more: Spans, width: int) -> Spans:
    """As many verbs as fit whole, clear of what says that there are more."""
    fitting = _fitting(pairs, width - 1 - len(NARROW_GAP) - _width(more))
    return end_with(_pairs(pairs[:fitting]), width, more)


def strip_lines(title: str, pairs: Pairs, width: int) -> tuple[Spans, Spans]:
    """The two lines of a strip. Names are never cut: what fits on neither line is counted, and works all the same."""
    head: Spans = [(f" {title}  ", "bold")]
    room = width - _width(head) - 1
    for gap in (GAP, NARROW_GAP):
        if _fitting(pairs, room, gap) == len(pairs):
            return rule(width), cut([*head, *_pairs(pairs, gap)], width)
    for gap in (GAP, NARROW_GAP):
        upper = _fitting(pairs, room, gap)
        for indent in (_width(head), 0):
            if _fitting(pairs[upper:], width - 1 - indent, gap) == len(pairs) - upper:
                lower: Spans = [(" " * indent, ""), *_pairs(pairs[upper:], gap)]
                return cut([*head, *_pairs(pairs[:upper], gap)], width), cut(lower, width)
    upper = _fitting(pairs, room)
    rest = pairs[upper:]
    shown = _fitting(rest, width - 1 - len(f"… {len(rest)} more{GAP}"))
    rest = [*rest[:shown], ("…", f"{len(rest) - shown} more")]
    return cut([*head, *_pairs(pairs[:upper])], width), cut(_pairs(rest), width)


def _pairs(pairs: Pairs, gap: str = GAP) -> Spans:
    spans: Spans = []
    for key, name in pairs:
        spans += [(gap if spans else " ", ""), (f"{key} ", "key"), (name, "dim")]
    return spans


def _fitting(pairs: Pairs, width: int, gap: str = GAP) -> int:
    """How many of the pairs fit whole."""
    taken = -len(gap)
    for count, (key, name) in enumerate(pairs):
        taken += cells(key) + 1 + cells(name) + len(gap)
        if taken > width:
            return count
    return len(pairs)


def _width(spans: Spans) -> int:
    return sum(cells(text) for text, _style in spans)
