"""A guide as a PDF: tagged, with the words for its pictures, and the same bytes for the same guide.

Set by Typst from a template in this package. Words go in as data, so nothing that was typed is code there.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import asdict
from typing import Any

from deskmate.domain.guide import Caution
from deskmate.domain.guide_words import GuideWords, words_in
from deskmate.domain.user_guide import UserBranch, UserGuide, UserPicture, UserStep
from deskmate.errors import DeskmateError
from deskmate.formats.links import pieces

_HERE = os.path.dirname(__file__)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


class NotSet(DeskmateError):
    """No PDF could be made; the message says why."""


def write(guide: UserGuide) -> dict[str, bytes]:
    """One file. Raises NotSet without the library for it, and for a letter that no font here has."""
    try:
        import typst
    except ImportError as error:
        raise NotSet(
            "A PDF needs one more library.",
            "pip install 'deskmate[pdf]' brings it; the HTML page can be printed, too.",
        ) from error
    with tempfile.TemporaryDirectory(prefix="deskmate-") as folder:
        _put(folder, "guide.json", json.dumps(_guide(guide), ensure_ascii=False).encode())
        for step in guide.steps:
            for place, picture in enumerate(step.pictures, start=1):
                _put(folder, _name(step, place, picture), picture.data)
        with open(os.path.join(_HERE, "guide.typ"), "rb") as file:
            _put(folder, "guide.typ", file.read())
        try:
            made = typst.compile(
                os.path.join(folder, "guide.typ"),
                root=folder,
                font_paths=[os.path.join(_HERE, "fonts")],
                format="pdf",
                pdf_standards="ua-1",
                timestamp=0,
            )
        except typst.TypstError as error:
            raise _reason(error.message) from error
    assert isinstance(made, bytes)
    return {f"{guide.slug}.pdf": made}


def _reason(message: str) -> NotSet:
    if "could not be displayed" in message:
        letters = re.search(r"""["'`]+(.+?)["'`]+""", message)
        what = f" for “{letters[1]}”" if letters else ""
        return NotSet(
            f"No font on this machine has a letter{what}.", "Send the HTML page instead, or install a font."
        )
    return NotSet(f"The PDF could not be set: {message}.", "Send the HTML page instead.")


def _put(folder: str, name: str, data: bytes) -> None:
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def _name(step: UserStep, place: int, picture: UserPicture) -> str:
    return f"{step.number:03}-{place}.{_ENDINGS[picture.media]}"


def _guide(guide: UserGuide) -> dict[str, Any]:
    said = words_in(guide.language)
    about = [said.minutes.format(guide.minutes)] if guide.minutes else []
    if guide.checked_on:
        about.append(said.checked.format(guide.checked_on))
    return {
        "title": guide.title,
        "language": guide.language.replace("_", "-").partition("-")[0].lower() or "en",
        "about": " · ".join(about),
        "summary": _lines(guide.summary),
        "needs": [_lines(each) for each in guide.needs],
        "steps": [_step(step, said) for step in guide.steps],
        "contact": _lines(guide.contact),
        "said": asdict(said),
    }


def _step(step: UserStep, said: GuideWords) -> dict[str, Any]:
    return {
        "number": step.number,
        "action": _lines(step.action) or [],
        "where": _lines(step.where),
        "expect": _lines(step.expect),
        "detail": _lines(step.detail),
        "caution": step.caution.value,
        "care": {Caution.CAUTION: f"⚠ {said.caution}", Caution.STOP: f"■ {said.stop}"}.get(step.caution, ""),
        "branches": [_branch(each) for each in step.branches],
        "pictures": [
            {
                "file": _name(step, place, picture),
                "alt": picture.alt or said.picture.format(step.number),
                "width": picture.width,
            }
            for place, picture in enumerate(step.pictures, start=1)
        ],
    }


def _branch(branch: UserBranch) -> dict[str, Any]:
    return {"symptom": _lines(branch.symptom) or [], "words": _lines(branch.words) or [], "step": branch.step}


def _lines(text: str) -> list[list[dict[str, str]]] | None:
    """Text as lines of pieces; None for nothing."""
    return [[piece._asdict() for piece in pieces(line)] for line in text.split("\n")] if text else None
