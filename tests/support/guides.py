"""Guides and pictures for tests, made as the technician makes them."""

from __future__ import annotations

from pathlib import Path

from deskmate.domain.guide import Branch, Caution, Content, Placeholder, Step, Then
from deskmate.domain.guiding import PublishGuide, SaveGuide
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.services.desk import Desk
from deskmate.store import files

PASSWORD = (20, 60, 180, 90)
"""Where the drawn window shows what must not be seen."""

VPN = Content(
    "Connect to the VPN",
    summary="So that you reach the office drives from home.",
    words=("vpn drops", "no drives at home"),
    needs=("Your phone with the sign-in app",),
    minutes=10,
    placeholders=(Placeholder("name", "who it is for"), Placeholder("code", "the start code", secret=True)),
    note="the old client has to go first",
    steps=(
        Step(
            "s1",
            "Open the VPN window and click [Connect].",
            where="Start menu, VPN",
            expect="The window says “Connecting”.",
            branches=(Branch("There is no VPN in the menu", Then.CONTACT, "the helpdesk"),),
        ),
        Step(
            "s2",
            "Type your name {name} and the code {code}.",
            expect="Your phone asks for your approval.",
            detail="The code has six digits.",
            caution=Caution.CAUTION,
            branches=(Branch("It says the code is wrong", Then.STEP, "s1"),),
            note="codes end after a day",
        ),
        Step("s3", r"Open C:\[x] and look for your drives.", where="Explorer", expect="Three drives are there."),
    ),
)
"""Three steps, two branches, one placeholder to fill in and a secret one; published as it is."""


def window(path: Path, width: int = 320, height: int = 200, secret: str = "hunter2") -> Path:
    """A picture of a window with a button, a title and ``secret`` in its PASSWORD box, as a PNG at ``path``."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (width, height), "#f0f0f4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 24), fill="#2f5d9b")
    draw.text((8, 5), "VPN", fill="white", font=ImageFont.load_default(14))
    draw.text((PASSWORD[0] + 4, PASSWORD[1] + 6), secret, fill="black", font=ImageFont.load_default(16))
    draw.rectangle((width - 100, height - 40, width - 20, height - 14), outline="black", fill="#dddddd")
    draw.text((width - 84, height - 35), "[OK]", fill="black", font=ImageFont.load_default(14))
    image.save(path, "PNG")
    return path


def shot(desk: Desk, path: Path, key: str = "p1", *, covered: bool = True, alt: str = "The VPN window") -> Picture:
    """The file at ``path`` kept as the picture of a step; its password under a box, unless it is not to be."""
    from PIL import Image

    with Image.open(path) as image:
        width, height = image.size
    kept = files.keep(desk.folder, str(path))
    marks = (Mark(MarkKind.REDACT, *PASSWORD),) if covered else ()
    return Picture(key, kept, width, height, alt, marks, Review.COVERED if covered else Review.UNREVIEWED)


def written(desk: Desk, content: Content = VPN, *, published: bool = True) -> int:
    """A guide of this content, published unless it is to stay a draft; returns its key."""
    key = desk.run(SaveGuide(content)).made or 0
    if published:
        desk.run(PublishGuide(key, "first"))
    return key
