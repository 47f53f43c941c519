"""All guides as pages one can put on a share: a list with a search that needs no server, and a page for each guide.

The search is a short script in the list, which also holds all it looks through, so that a double click on the file is
enough; nothing else may run there, and nothing at all in the pages of guides. Without scripts there is the list.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from deskmate.domain.guide_words import words_in
from deskmate.domain.user_guide import UserGuide
from deskmate.formats.guide_html import inline, rendered
from deskmate.formats.guide_page import page

INDEX = "index.html"
PAGES = "guides"
"""The folder with a page for each guide."""
_MARK = "deskmate site"
_MARKED_WITHIN = 2_000
"""Bytes of a page within which it says what made it."""
_LONG = 24
"""Guides of one language from which on they stand by their first letter."""


def write(guides: Sequence[UserGuide]) -> dict[str, bytes]:
    """The list, and the pages by name."""
    slugs = {guide.slug for guide in guides}
    made = {
        f"{PAGES}/{guide.slug}.html": page(guide, mark=f"{_MARK} {guide.slug}", home=f"../{INDEX}", pages=slugs)
        for guide in guides
    }
    return {**made, INDEX: _list(guides)}


def is_own(name: str, data: bytes) -> bool:
    """Whether the file of this name in a site was made here: one that was saved under another name was not."""
    slug = name.removeprefix(f"{PAGES}/").removesuffix(".html")
    return f'<meta name="generator" content="{_MARK} {slug}">'.encode() in data[:_MARKED_WITHIN]


def _list(guides: Sequence[UserGuide]) -> bytes:
    languages = Counter(_language(guide) for guide in guides)
    groups = [
        group
        for language, _count in languages.most_common()
        for group in _groups(guides, language, len(languages) > 1)
    ]
    language = next((language for language, _count in languages.most_common(1)), "en")
    return rendered(
        "guide_site.html",
        said=words_in(language),
        language=language,
        groups=groups,
        index=[_index(guide) for _name, in_group in groups for guide in in_group],
        contact=next((guide.contact for guide in guides if guide.contact), ""),
        folder=PAGES,
        mark=f"{_MARK} index",
        style=inline("guide.css", "guide_site.css"),
        script=inline("guide_site.js"),
    )


def _groups(guides: Sequence[UserGuide], language: str, several: bool) -> list[tuple[str, list[UserGuide]]]:
    """The guides of one language under the names of their groups: none, the language, or their first letters."""
    found = sorted((guide for guide in guides if _language(guide) == language), key=lambda each: _plain(each.title))
    name = _NAMES.get(language, language) if several else ""
    if len(found) < _LONG:
        return [(name, found)]
    letters: dict[str, list[UserGuide]] = {}
    for guide in found:
        first = _plain(guide.title)[:1].upper()
        letters.setdefault(first if first.isalpha() else "0–9", []).append(guide)
    return [(f"{name} · {letter}" if name else letter, each) for letter, each in letters.items()]


def _index(guide: UserGuide) -> list[str]:
    """What the search looks through, by how much it counts: the words of users, the title, all the rest."""
    rest = [guide.summary, *guide.needs]
    for step in guide.steps:
        rest += [step.action, step.where, step.expect, step.detail, *(branch.symptom for branch in step.branches)]
        rest += [picture.alt for picture in step.pictures]
    return [" ".join(guide.words), guide.title, " ".join(filter(None, rest))]


def _language(guide: UserGuide) -> str:
    return guide.language.replace("_", "-").partition("-")[0].lower()


def _plain(text: str) -> str:
    """Without accents and capitals, so that Ä stands with A; what is quoted does not stand before all else."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in folded if each.isalnum() or each == " ").strip()


_NAMES = {
    "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français",
    "hu": "Magyar", "it": "Italiano", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português",
    "ro": "Română", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe", "uk": "Українська",
}  # fmt: skip
"""Languages as those who speak them call them."""
