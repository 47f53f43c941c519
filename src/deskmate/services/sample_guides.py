"""The guides and checklists of the sample desk; its screenshots are drawn when it is made."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from deskmate.domain.guide import Branch, Caution, Content, Placeholder, Source, Step, Then
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.store import files

CHECKLISTS = ("Morning look", "Backup proof", "Patch round", "New starter")
"""Starters that the desk has."""
SIZE = (1280, 720)
SECRET = (420, 330, 860, 380)
BUTTON = (980, 610, 1180, 670)


@dataclass(frozen=True, slots=True)
class Window:
    """A screenshot: a window of this title, with lines in it and a button."""

    step: str
    title: str
    lines: tuple[str, ...]
    button: str
    alt: str
    marks: tuple[Mark, ...]


VPN = Content(
    "Reach the office drives from home",
    summary="So that you can work at home as you do at your desk.",
    words=("VPN drops", "no drives at home", "can not reach the server"),
    needs=("Your phone with the sign-in app", "A cable or a good Wi-Fi"),
    minutes=8,
    placeholders=(
        Placeholder("name", "who it is for", Source.PERSON),
        Placeholder("code", "the start code", secret=True),
    ),
    note="The old client has to be gone first, or both fight for the route.",
    steps=(
        Step(
            "vpn-open",
            "Open the tunnel window.",
            where="Start menu, Tunnel",
            expect="A small window with one button.",
            branches=(Branch("There is no Tunnel in the menu", Then.CONTACT, "the help desk, 117"),),
        ),
        Step(
            "vpn-sign-in",
            "Sign in as {name} with the code {code}.",
            where="The tunnel window",
            expect="Your phone asks whether it is you.",
            detail="The code has six digits. It is good for one day.",
            caution=Caution.CAUTION,
            branches=(Branch("It says the code is wrong", Then.STEP, "vpn-open"),),
            note="Codes: menu Users, Start code, 24 h.",
        ),
        Step(
            "vpn-approve",
            "Press [Yes] on your phone.",
            where="The sign-in app",
            expect="The lamp in the tunnel window is green.",
            branches=(Branch("The lamp stays grey", Then.STOP, "switch the Wi-Fi off and on, then ring 117"),),
        ),
        Step(
            "vpn-drives",
            r"Open S:\ and look for your folder.",
            where="Explorer",
            expect="All your folders are there.",
        ),
    ),
)
JAM = Content(
    "Clear a paper jam",
    summary="Most jams are gone in two minutes, without tools.",
    words=("printer jams", "paper comes out crumpled", "printer says open the door"),
    minutes=3,
    steps=(
        Step(
            "jam-door",
            "Open the front door of the printer.",
            where="Front, below the display",
            expect="You see rollers.",
        ),
        Step(
            "jam-pull",
            "Pull the sheet out slowly, with both hands.",
            where="Between the rollers",
            expect="The sheet comes out whole.",
            caution=Caution.STOP,
            branches=(Branch("It tears", Then.CONTACT, "the help desk, 117"),),
        ),
        Step("jam-close", "Close the door.", where="Front", expect="The display says Ready."),
    ),
)
PHONE = Content(
    "Move your contacts to a new phone",
    words=("new phone", "contacts are gone"),
    minutes=10,
    steps=(
        Step("phone-account", "Add your work account.", where="Settings, Accounts", expect="Your name stands there."),
        Step(
            "phone-sync",
            "Switch [Contacts] on.",
            where="Settings, Accounts, your name",
            expect="Names fill the list.",
        ),
    ),
)
PUBLISHED = (VPN, JAM)
DRAFTS = (PHONE,)
WINDOWS = (
    Window(
        "vpn-open",
        "Tunnel",
        ("Not connected",),
        "Connect",
        "The tunnel window with its one button",
        (Mark(MarkKind.FRAME, *BUTTON),),
    ),
    Window(
        "vpn-sign-in",
        "Sign in",
        ("Name", "Start code"),
        "Sign in",
        "The window that asks for your name and the code",
        (
            Mark(MarkKind.REDACT, *SECRET),
            Mark(MarkKind.BADGE, 380, 260, number=1),
            Mark(MarkKind.BADGE, 380, 355, number=2),
        ),
    ),
)


def illustrated(folder: str, content: Content) -> Content:
    """The guide with its screenshots, which are kept as any others."""
    shots = {window.step: _shot(folder, window) for window in WINDOWS}
    return replace(
        content,
        steps=tuple(
            replace(step, pictures=(shots[step.key],) if step.key in shots else ()) for step in content.steps
        ),
    )


def _shot(folder: str, window: Window) -> Picture:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, "aliceblue")
    draw = ImageDraw.Draw(image)
    large, small = ImageFont.load_default(34), ImageFont.load_default(26)
    draw.rectangle((0, 0, SIZE[0], 64), fill="midnightblue")
    draw.text((24, 12), window.title, "white", large)
    for place, line in enumerate(window.lines):
        top = 240 + 95 * place
        draw.text((120, top), line, "black", small)
        draw.rectangle((420, top - 5, 860, top + 45), fill="white", outline="gray", width=2)
        draw.text((436, top + 2), "c.copper" if place == 0 else "481 516", "black", small)
    draw.rectangle(BUTTON, fill="midnightblue")
    draw.text((BUTTON[0] + 30, BUTTON[1] + 14), window.button, "white", small)
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    kept = files.keep_data(folder, f"{window.step}.png", made.getvalue())
    covered = any(mark.kind is MarkKind.REDACT for mark in window.marks)
    review = Review.COVERED if covered else Review.CLEAN
    return Picture(f"{window.step}-1", kept, *SIZE, window.alt, window.marks, review)
