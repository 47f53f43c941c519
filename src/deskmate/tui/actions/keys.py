"""Which keys run which action, where, as long as nobody has set others: plain tables.

A key is written as Textual names it, or as its character. A prefix is an action-like entry whose
second key picks an action; its strip never blocks, and the next key always belongs to it.
"""

from __future__ import annotations

from deskmate.domain.actions import BY_ID
from deskmate.domain.pointing import CELLS

ANYWHERE = {
    "ctrl+n": "capture",
    "ctrl+t": "dnd",
    "ctrl+p": "palette",
    "ctrl+r": "recent",
    "f1": "help",
    "ctrl+l": "redraw",
    "ctrl+q": "quit",
}

LIST = {
    "1": "panel.queue",
    "2": "panel.guides",
    "3": "panel.maintenance",
    "4": "panel.availability",
    "j": "down",
    "down": "down",
    "k": "up",
    "up": "up",
    "g": "top",
    "home": "top",
    "G": "bottom",
    "end": "bottom",
    "ctrl+d": "half.down",
    "ctrl+u": "half.up",
    "pagedown": "page.down",
    "pageup": "page.up",
    "tab": "pane",
    "h": "view.previous",
    "left": "view.previous",
    "l": "view.next",
    "right": "view.next",
    "enter": "open",
    "escape": "back",
    "/": "search",
    "'": "prefix:view",
    "?": "help",
    ":": "palette",
    "space": "mark",
    "v": "range",
    "*": "mark.all",
    "u": "undo",
    "U": "redo",
    ".": "repeat",
    "y": "prefix:copy",
    "D": "prefix:dnd",
    "q": "close",
    "a": "capture",
    "p": "prefix:priority",
    "+": "priority.raise",
    "-": "priority.lower",
    "i": "interrupt",
    "b": "back.to",
    "B": "stack",
    "s": "clock",
    "S": "began",
    "r": "prefix:reply",
    "n": "note",
    "x": "resolve",
    "d": "prefix:drop",
    "z": "prefix:park",
    "f": "prefix:promise",
    "X": "prefix:check",
    "F": "prefix:feedback",
    "w": "prefix:wait",
    "R": "reopen",
    "c": "cause",
    "e": "edit",
    "E": "escalate",
    "L": "link",
    "T": "checks",
    "W": "walkthrough",
    "M": "guide.make",
    "m": "merge",
    "t": "tags",
    "C": "context",
    "A": "attach",
    "o": "file.open",
}

# One request open: its own keys come first, the rest are those of the list.
OPEN = {
    "space": "page.down",
    "J": "request.next",
    "K": "request.previous",
    "h": "back",
    "left": "back",
    "l": "pane",
    "right": "pane",
}
SHADOWED = frozenset({"space", "h", "left", "l", "right"})
"""Keys that one open request may take from the list. No other clash is allowed."""

# The other panels: their own keys come first, of the rest only those in SHARED work there.
AVAILABILITY = {
    "h": "week.previous",
    "left": "week.previous",
    "l": "week.next",
    "right": "week.next",
    "t": "week.today",
    "enter": "hours.edit",
    "e": "hours.edit",
    "a": "prefix:hours",
    "d": "hours.remove",
    "z": "hours.move",
}
GUIDES = {
    "enter": "guides.edit",
    "e": "guides.edit",
    "/": "guides.search",
    "tab": "guides.pane",
    "h": "guides.out",
    "left": "guides.out",
    "l": "guides.into",
    "right": "guides.into",
    "a": "guides.new",
    "c": "guides.copy",
    "t": "guides.fields",
    "p": "guides.publish",
    "n": "guides.review",
    "y": "guides.pictures",
    "W": "guides.walk",
    "v": "guides.revisions",
    "P": "guides.preview",
    "S": "guides.send",
    "I": "guides.import",
    "w": "guides.term",
    "z": "guides.archive",
    "d": "guides.drop",
}
GUIDE = {
    "enter": "step.go",
    "e": "step.type",
    "a": "step.below",
    "A": "step.above",
    "i": "step.picture",
    "ctrl+f": "step.screenshot",
    "J": "step.later",
    "K": "step.earlier",
    "n": "step.note",
    "f": "step.if",
    "s": "step.split",
    "m": "step.join",
    "c": "step.copy",
    "d": "step.remove",
    "!": "step.caution",
    "y": "step.looked",
    "o": "step.outside",
    "t": "guide.fields",
    "p": "guide.publish",
    "P": "guide.preview",
    "w": "guide.term",
    "W": "guide.walk",
    "tab": "step.pane",
    "l": "step.into",
    "right": "step.into",
    "h": "step.out",
    "left": "step.out",
}
MAINTENANCE = {
    "h": "checklist.left",
    "left": "checklist.left",
    "l": "checklist.right",
    "right": "checklist.right",
    "tab": "checklist.pane",
    "enter": "checklist.go",
    "a": "checklist.new",
    "e": "checklist.edit",
    "c": "checklist.copy",
    "S": "checklist.schedule",
    "s": "checklist.starters",
    "z": "checklist.skip",
    "p": "checklist.pause",
    "n": "checklist.explain",
    "d": "checklist.drop",
    "m": "checklist.month",
    "Y": "checklist.year",
    "t": "checklist.today",
}
RUN = {
    "space": "run.tick",
    "-": "run.none",
    "x": "run.fail",
    **{str(digit): "run.value" for digit in range(10)},
    "n": "run.note",
    "i": "run.evidence",
    "ctrl+f": "run.screenshot",
    "R": "run.open",
    "r": "run.request",
    "T": "run.another",
    "f": "run.finish",
    "z": "run.skip",
    "d": "run.drop",
    "v": "run.switch",
}
WALK = {
    "space": "walk.done",
    "t": "walk.together",
    "x": "walk.fail",
    **{str(digit): "walk.branch" for digit in range(1, 10)},
    "-": "walk.skip",
    "n": "walk.note",
    "K": "walk.before",
    "backspace": "walk.before",
    "J": "walk.after",
    "f": "prefix:finish",
    "o": "walk.picture",
    "r": "walk.request",
    "d": "walk.drop",
}
PICTURE = {
    "r": "picture.redact",
    "c": "picture.crop",
    "f": "picture.frame",
    "a": "picture.arrow",
    "n": "picture.badge",
    "s": "picture.spotlight",
    "enter": "picture.move",
    "e": "picture.number",
    "d": "picture.remove",
    "J": "picture.later",
    "K": "picture.earlier",
    "t": "picture.alt",
    "y": "picture.look",
    "v": "picture.next",
    "o": "picture.open",
    "O": "picture.original",
    "z": "picture.zoom",
}
PROPOSAL = {"y": "picture.cover", "n": "picture.spare", "d": "picture.spare"}
POINTING = {
    **dict.fromkeys(CELLS, "point.ninth"),
    "left": "point.left",
    "right": "point.right",
    "up": "point.up",
    "down": "point.down",
    "h": "point.left",
    "l": "point.right",
    "k": "point.up",
    "j": "point.down",
    "shift+left": "point.left.fine",
    "shift+right": "point.right.fine",
    "shift+up": "point.up.fine",
    "shift+down": "point.down.fine",
    "H": "point.left.fine",
    "L": "point.right.fine",
    "K": "point.up.fine",
    "J": "point.down.fine",
    "backspace": "point.widen",
    "tab": "point.other",
    "enter": "point.set",
}
PANELS = {
    "availability": AVAILABILITY,
    "guide": GUIDE,
    "guides": GUIDES,
    "maintenance": MAINTENANCE,
    "run": RUN,
    "walk": WALK,
    "picture": PICTURE,
    "proposal": PROPOSAL,
    "pointing": POINTING,
}
BENEATH = {"proposal": "picture"}
"""Where only a few keys are others: whose keys the rest are."""
SHARED = frozenset(
    "panel.queue panel.guides panel.maintenance panel.availability down up top bottom half.down half.up page.down"
    " page.up back close help palette undo redo prefix:dnd interrupt back.to stack".split()
)
"""What a list does in every panel. No panel has another meaning for these keys, but for those in ``TAKEN``."""
TAKEN = {
    "guide": frozenset("i"),
    "run": frozenset("0123456789i"),
    "walk": frozenset("123456789"),
    "pointing": frozenset({*CELLS, "up", "down", "j", "k"}),
}
"""Keys that a panel takes from what every panel has: ``i`` is a picture, or evidence in a run, digits are values
there, and branches in a walk-through; while one points in a picture, digits and letters are where they lie."""

PREFIXES: dict[str, dict[str, str]] = {
    "priority": {
        "1": "priority.1",
        "2": "priority.2",
        "3": "priority.3",
        "4": "priority.4",
        "m": "priority.matrix",
    },
    "hours": {
        "d": "hours.day",
        "l": "hours.leave",
        "x": "hours.extra",
        "s": "hours.slot",
        "h": "hours.holidays",
    },
    "finish": {
        "s": "walk.solved",
        "r": "walk.resolve",
        "m": "walk.for_them",
        "f": "walk.failed",
        "x": "walk.stopped",
    },
    "drop": {"s": "drop.spam", "d": "drop.duplicate", "n": "drop.nothing", "r": "drop.rules"},
    "view": {
        "n": "view.now",
        "u": "view.new",
        "w": "view.waiting",
        "p": "view.parked",
        "f": "view.promised",
        "t": "view.today",
        "h": "view.held",
        "l": "view.loose",
        "r": "view.resolved",
        "a": "view.all",
        "+": "view.save",
        ".": "view.rename",
        "-": "view.drop",
    },
    "file": {str(digit): f"file.{digit}" for digit in range(1, 10)},
    "copy": {"y": "copy.number", "t": "copy.title", "r": "copy.reply"},
    "dnd": {
        "1": "dnd.15",
        "3": "dnd.30",
        "h": "dnd.60",
        "2": "dnd.120",
        "e": "dnd.closing",
        "n": "dnd.opening",
        ".": "dnd.typed",
        "a": "dnd.away",
        "o": "dnd.off",
    },
    "reply": {
        "r": "reply.write",
        "g": "reply.guide",
        "s": "reply.said",
        "c": "reply.confirm",
        "a": "reply.all",
        "t": "reply.retry",
        "e": "reply.texts",
        **{str(position): f"reply.canned.{position}" for position in range(1, 10)},
    },
    "text": {**{str(position): f"text.{position}" for position in range(1, 10)}, "n": "text.new"},
    "matrix": {"o": "impact.one", "s": "impact.several", "e": "impact.everyone"},
    "urgency": {"w": "urgency.wait", "s": "urgency.slowed", "k": "urgency.stuck"},
    "park": {
        "h": "park.hour",
        "e": "park.day",
        "t": "park.tomorrow",
        "f": "park.friday",
        "w": "park.week",
        ".": "park.typed",
        "z": "park.wake",
    },
    "promise": {
        "enter": "promise.said",
        "h": "promise.hour",
        "e": "promise.day",
        "t": "promise.tomorrow",
        "f": "promise.friday",
        "w": "promise.week",
        ".": "promise.typed",
        "k": "promise.keep",
        "m": "promise.move",
        "d": "promise.drop",
    },
    "move": {
        "h": "move.hour",
        "e": "move.day",
        "t": "move.tomorrow",
        "f": "move.friday",
        "w": "move.week",
        ".": "move.typed",
    },
    "check": {
        "h": "check.hour",
        "e": "check.day",
        "t": "check.tomorrow",
        "f": "check.friday",
        "w": "check.week",
        ".": "check.typed",
    },
    "feedback": {str(score): f"feedback.{score}" for score in range(1, 6)},
    "wait": {"r": "wait.requester", "v": "wait.vendor", "o": "wait.someone"},
    "chase": {
        "h": "chase.hour",
        "e": "chase.day",
        "t": "chase.tomorrow",
        "f": "chase.friday",
        "w": "chase.week",
        ".": "chase.typed",
        "enter": "chase.usual",
    },
}
TITLES = {
    "priority": "priority",
    "hours": "add",
    "drop": "drop as",
    "finish": "finish",
    "view": "view",
    "file": "open",
    "copy": "copy",
    "dnd": "DND",
    "reply": "reply",
    "text": "edit the text",
    "matrix": "who is stuck",
    "urgency": "how badly",
    "park": "park until",
    "promise": "promise",
    "move": "move to",
    "check": "check back",
    "feedback": "feedback",
    "wait": "wait on",
    "chase": "chase",
}
CHOICES = {
    **{f"file.{digit}": f"file {digit}" for digit in range(1, 10)},
    "impact.one": "one",
    "impact.several": "several",
    "impact.everyone": "everyone",
    "urgency.wait": "can wait",
    "urgency.slowed": "slowed",
    "urgency.stuck": "stuck",
    "move.hour": "+1 h",
    "move.day": "end of day",
    "move.tomorrow": "tomorrow",
    "move.friday": "Fri",
    "move.week": "next week",
    "move.typed": "type it",
    "chase.hour": "+1 h",
    "chase.day": "end of day",
    "chase.tomorrow": "tomorrow",
    "chase.friday": "Fri",
    "chase.week": "next week",
    "chase.typed": "type it",
    "chase.usual": "3 business days",
    **{f"{kind}.{position}": "text" for kind in ("reply.canned", "text") for position in range(1, 10)},
    "text.new": "a new one",
}
"""Second keys that answer a question rather than run an action of their own."""

LEADS_TO = {"priority.matrix": "matrix", "reply.texts": "text", "promise.move": "move"}
"""Actions that are a question: the next key answers in this prefix."""

ASKS_ON = frozenset({"wait.requester", "wait.vendor"})
"""Second keys that are followed by a third. Why nothing can be done is said after that: it must not run as a verb."""

BY_NAME = frozenset(
    {"categories", "idle", "notice", "notice.off", "picture.purge", "rules", "run.choose", "sign.words"}
)
"""Actions that are found by their name, behind the key of the palette: too rare for one of their own."""

UNSAFE = {
    "ctrl+i": "terminals send it as tab",
    "ctrl+m": "terminals send it as enter",
    "ctrl+j": "terminals send it as enter",
    "ctrl+h": "terminals send it as backspace",
    "ctrl+[": "terminals send it as esc",
    "ctrl+s": "it stops the output of many terminals",
    "ctrl+z": "terminals stop programs with it",
    "ctrl+c": "terminals end programs with it",
    "ctrl+\\": "terminals end programs with it",
    "ctrl+b": "tmux takes it for itself",
}
"""Keys that terminals or their multiplexers swallow or send as another key, and why."""

NAMES = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}


def title(action: str) -> str:
    """The name of an action or choice as a strip shows it."""
    return CHOICES.get(action) or BY_ID[action].title


def shown(key: str) -> str:
    """A key as people call it."""
    return NAMES.get(key, key)
