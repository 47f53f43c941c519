"""How long a letter takes in the search of five hundred guides, in a terminal, beside a key in hello-world."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.figure import DESKMATE, Figure, Run, environment, middle, milliseconds, percentile
from bench.screen import CONTENT, HELLO, MOVES, typed
from bench.terminal import Terminal
from deskmate.domain.capture import Capture
from deskmate.domain.guide import Content, Step
from deskmate.domain.guiding import ImportGuides
from deskmate.services.desk import Desk

COUNT, STEPS = 500, 10
WORDS = ("printer", "outlook", "network", "certificate", "password")
"""Each is in every fifth title; the last letters of a word are typed, from the second on."""


def guide_search(run: Run) -> list[Figure]:
    """From the second letter on, until the screen has its results."""
    count = COUNT // 10 if run.quick else COUNT
    hello: list[float] = []
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "deskmate"
        desk = Desk(str(folder), actor="bench")
        desk.run(ImportGuides(tuple(map(_guide, range(count)))))
        one = Capture("one request")
        one.title = "one request"
        desk.capture(one)
        desk.close()
        for _ in range(run.rounds):
            with Terminal(HELLO, environment()) as terminal:
                terminal.until(CONTENT)
                terminal.quiet(0.3)
                hello += [typed(terminal, bytes([key])) for key in MOVES]
                terminal.quit(b"\x11")
            with Terminal(DESKMATE, environment(folder)) as terminal:
                terminal.until(b"one request")
                terminal.quiet(0.3)
                terminal.send(b"2")
                terminal.until(b"of desk")
                terminal.quiet(0.3)
                for word in WORDS:
                    typed(terminal, b"/")
                    typed(terminal, word[:1].encode())
                    taken += [typed(terminal, letter.encode()) for letter in word[1:]]
                    terminal.key(b"\x1b")
                    terminal.quiet(0.3)
                terminal.quit(b"\x11")
    unit, key = middle(hello), "a key in hello-world, p50"
    note = f"{milliseconds(middle(taken))}; hello {milliseconds(unit)}"
    return [
        Figure("guide search", f"a letter in {count} guides p50", key, middle(taken) / unit, 2, note=note),
        Figure("guide search", f"a letter in {count} guides p95", key, percentile(taken, 0.95) / unit, 5),
    ]


def _guide(number: int) -> Content:
    word = WORDS[number % len(WORDS)]
    steps = tuple(
        Step(f"{number}-{place}", f"Click [{word}] and wait for line {place} of window {number}.", "Start menu", "OK")
        for place in range(STEPS)
    )
    return Content(f"The {word} of desk {number}", words=(f"{word} broken {number}",), steps=steps)
