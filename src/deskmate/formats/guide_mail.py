"""A guide as an e-mail that waits for an address: all of it as text, and as a page with its pictures in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

from deskmate.domain.text import clean
from deskmate.domain.user_guide import UserGuide, UserStep
from deskmate.formats.guide_html import around, rendered

LARGE = 8_000_000
"""Bytes from which on mail servers begin to refuse a message."""
_NOWHERE = "deskmate.invalid"
"""Stands behind the @ of a picture's name: the name of this machine is nobody's business."""


def write(guide: UserGuide) -> dict[str, bytes]:
    """One file, lines ending in CR LF, the same bytes for the same guide. A mail program opens it to be sent."""
    cids = {
        (step.number, place): f"step-{step.number}-{place}@{_NOWHERE}"
        for step in guide.steps
        for place in range(1, len(step.pictures) + 1)
    }
    page = rendered("guide_mail.html", **around(guide), cids=cids).decode()
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = clean(guide.title)[0]
    mail["X-Unsent"] = "1"
    mail.set_content(text(guide))
    mail.add_alternative(page, subtype="html")
    related = mail.get_payload()[1]  # type: ignore[index]
    assert isinstance(related, EmailMessage)
    for step in guide.steps:
        for place, picture in enumerate(step.pictures, start=1):
            main, _, kind = picture.media.partition("/")
            name = f"step-{step.number}-{place}.{'jpg' if kind == 'jpeg' else kind}"
            cid = f"<{cids[step.number, place]}>"
            related.add_related(picture.data, main, kind, cid=cid, filename=name, disposition="inline")
    seed = hashlib.sha256(page.encode()).hexdigest()[:32]
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        part.set_boundary(f"=_{number}_{seed}")
    return {f"{guide.slug}.eml": bytes(mail)}


def text(guide: UserGuide) -> str:
    """All of a guide as plain text, but for its pictures, of which it has the words."""
    return "\n".join(_lines(guide)).rstrip() + "\n"


def _lines(guide: UserGuide) -> Iterator[str]:
    said = around(guide)["said"]
    about = around(guide)["about"]
    yield guide.title
    if about:
        yield about
    yield ""
    if guide.summary:
        yield from (guide.summary, "")
    if guide.needs:
        yield f"{said.needs}:"
        yield from (f"- {need}" for need in guide.needs)
        yield ""
    for step in guide.steps:
        yield from _step(guide, step)
        yield ""
    if guide.contact:
        yield f"{said.contact}: {guide.contact}"


def _step(guide: UserGuide, step: UserStep) -> Iterator[str]:
    said, care = around(guide)["said"], around(guide)["care"]
    yield said.step.format(step.number)
    if step.caution in care:
        yield " ".join(care[step.caution])
    if step.where:
        yield f"{said.where}: {step.where}"
    yield from filter(None, (step.action, step.detail))
    yield from (f"({picture.alt or said.picture.format(step.number)})" for picture in step.pictures)
    if step.expect:
        yield f"{said.expect}: {step.expect}"
    if step.branches:
        yield f"{said.if_not}:"
        yield from (f"- {branch.symptom} → {branch.words}" for branch in step.branches)
