"""What in a guide a lay person may stumble over, each with its reason. Advice: only what would leak holds it back.

Counts, no dictionary: LIX (words in a sentence plus the share of words of more than six letters, C. H. Björnsson
1968) works for any language in Latin letters. The words of the trade are those of the glossary, those that replies
are looked through for, and some that pass in a reply.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from deskmate.domain.guide import NAME, Audience, Content, Step, Then, word_of
from deskmate.domain.picture import Review
from deskmate.domain.plain_language import INSIDE, JARGON

SENTENCE_WORDS = 20
"""Words of a sentence from which on it is read twice."""
STEPS = 15
"""Steps of a guide from which on nobody ends it."""
LIX, LIX_WORDS = 50, 60
"""From this on a text is as hard as a newspaper's leader; in fewer words the figure says nothing."""

TRADE = {
    **dict.fromkeys(
        "admin administrator api backend bandwidth bios bitlocker cli client cmd config configuration console cookie"
        " cpu daemon domain driver endpoint ethernet exe firewall gateway host hostname imap instance kernel lan log"
        " mount nas nat node ntfs oauth partition patch ping port powershell protocol proxy ram regedit registry"
        " repository router script server shell smtp smb ssd ssh ssid ssl sso subnet taskbar tcp tenant terminal tls"
        " token tpm uefi unc upn url vlan vm vpn wan wlan workstation 2fa".split(),
        "",
    ),
    **INSIDE,
    **JARGON,
}
"""Words of the trade that many people at a desk do not know, and what to say instead where there is something."""

_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_THEN = re.compile(
    r"\b(?:and then|then|afterwards|after that|und dann|danach|anschließend|sodann|puis|ensuite|luego|después)\b",
    re.I,
)
_HERE = re.compile(r"\b(?:click|press|tap|klicken sie|cliquez) (?:here|hier|ici)\b", re.I)
_NUMBER = re.compile(r"\bD-\d+\b")
_PLACE = re.compile(rf"\{{({NAME.pattern})\}}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What could be plainer. ``step`` is the key of the step, empty for the guide as a whole, ``number`` where it
    stands. ``leaks`` is what keeps the guide from being published."""

    text: str
    reason: str
    step: str = ""
    number: int = 0
    leaks: bool = False

    @property
    def where(self) -> str:
        """The step in words; empty for the whole guide."""
        return f"step {self.number}" if self.number else ""


def check(
    content: Content, glossary: Mapping[str, str] = {}, guides: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """All of it, what would leak first, then by step.

    ``glossary`` gives plain words for words of the trade by the form they are found by, none for those that need
    none. ``guides`` are the slugs that can be linked to; None when that is not known.
    """
    found = list(_whole(content))
    explained = _explained(content, 0)
    place = ""
    for number, step in enumerate(content.steps, start=1):
        place = step.where or place
        explained += f" {_said(step)}".casefold()
        found += _of(step, number, place, explained, content, glossary, guides)
    return tuple(sorted(found, key=lambda finding: (not finding.leaks, finding.number)))


def of_step(
    content: Content, place: int, glossary: Mapping[str, str] = {}, guides: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """What ``check`` finds in one step, the one at that place from 0."""
    near = next((step.where for step in reversed(content.steps[: place + 1]) if step.where), "")
    explained = _explained(content, place + 1)
    return tuple(_of(content.steps[place], place + 1, near, explained, content, glossary, guides))


def lix(text: str) -> int | None:
    """How hard a text is to read: 30 is easy, 50 hard; None for one that is too short to say."""
    words = _WORD.findall(text)
    if len(words) < LIX_WORDS:
        return None
    sentences = max(1, sum(bool(_WORD.search(each)) for each in _SENTENCE.split(text)))
    return round(len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words))


def _explained(content: Content, steps: int) -> str:
    """All that a reader was told before the step at that place."""
    told = (content.summary, *content.needs, *map(_said, content.steps[:steps]))
    return " ".join(told).casefold()


def _of(
    step: Step,
    number: int,
    near: str,
    explained: str,
    content: Content,
    glossary: Mapping[str, str],
    guides: Collection[str] | None,
) -> list[Finding]:
    found = (
        *_leaks(step),
        *_wording(step),
        *_missing(step, near, content),
        *_jargon(step, content, glossary, explained),
        *_branches(step, content, guides),
    )
    return [Finding(each.text, each.reason, step.key, number, each.leaks) for each in found]


def _whole(content: Content) -> Iterator[Finding]:
    if content.audience is Audience.USER and not content.words:
        yield Finding("no words in which users say the problem", "They look for what they see, not for its name.")
    if len(content.steps) > STEPS:
        yield Finding(f"{len(content.steps)} steps", f"After {STEPS} people give up: make two guides of it.")
    hard = lix("\n".join([content.summary, *map(_said, content.steps)]))
    if hard is not None and hard >= LIX:
        yield Finding(f"hard to read (LIX {hard})", "Shorter sentences and shorter words.")
    names = {each.name for each in content.placeholders}
    texts = "\n".join([content.title, content.summary, *content.needs, *map(_all_of, content.steps)])
    used = set(_PLACE.findall(texts))
    for name in sorted(used - names):
        yield Finding(f"{{{name}}} is none of its placeholders", "It goes out as it stands.")
    for name in sorted(names - used):
        yield Finding(f"the placeholder {name} is not used", "Take it away, or write it in braces where it belongs.")


def _leaks(step: Step) -> Iterator[Finding]:
    if not step.reviewed:
        yield Finding("imported, and nobody has looked at it", "It may hold what is not for everybody.", leaks=True)
    for place, picture in enumerate(step.pictures, start=1):
        if picture.review is Review.UNREVIEWED:
            which = f"picture {place}" if len(step.pictures) > 1 else "its picture"
            yield Finding(f"{which} was not looked at", "It may show what must not be seen.", leaks=True)
    if _NUMBER.search(_all_of(step)):
        yield Finding("a number of a request", "Nobody outside knows it, and it is none of theirs.")


def _wording(step: Step) -> Iterator[Finding]:
    for sentence in _SENTENCE.split(f"{step.action}\n{step.expect}\n{step.detail}"):
        count = len(_WORD.findall(sentence))
        if count > SENTENCE_WORDS:
            begin = " ".join(sentence.split()[:4])
            yield Finding(f"“{begin} …” has {count} words", f"More than {SENTENCE_WORDS} are read twice.")
    doing = [each for each in _SENTENCE.split(step.action) if _WORD.search(each)]
    if _THEN.search(step.action) or len(doing) > 2:
        yield Finding("more than one thing to do", "One thing in a step: where it fails, one knows which.")
    if _HERE.search(step.action):
        yield Finding("“click here”", "Name the button as it is written on it.")


def _missing(step: Step, near: str, content: Content) -> Iterator[Finding]:
    if not step.action:
        yield Finding("nothing to do", "A step says what one does.")
    if not near:
        yield Finding("no place", "Name the window or the menu: they can not see where you are.")
    if not step.expect:
        yield Finding("nothing one should see", "Without it nobody knows whether it worked.")
    if content.audience is Audience.USER and not step.pictures:
        yield Finding("no picture", "People compare what they see with the picture first.")
    for place, picture in enumerate(step.pictures, start=1):
        if not picture.alt:
            which = f"picture {place}" if len(step.pictures) > 1 else "the picture"
            yield Finding(f"no words for {which}", "Who can not see it has nothing else.")


def _jargon(step: Step, content: Content, glossary: Mapping[str, str], explained: str) -> Iterator[Finding]:
    if content.audience is Audience.TECHNICIAN:
        return
    text = _said(step)
    words = f" {' '.join(map(word_of, _WORD.findall(text)))} "
    for form in {**TRADE, **glossary}:
        if f" {form} " not in words:
            continue
        own, usual = glossary.get(form), TRADE.get(form, "")
        if own is None:
            better = f"Say “{usual}”" if usual else "Say it plainly"
            yield Finding(f"“{form}” is a word of the trade", f"{better}, or put it in the glossary.")
        elif own and own.casefold() not in explained:
            yield Finding(f"“{form}” is not explained", f"Your glossary says “{own}”.")


def _branches(step: Step, content: Content, guides: Collection[str] | None) -> Iterator[Finding]:
    for branch in step.branches:
        what = f"“{branch.symptom}”" if branch.symptom else "an if-not"
        if not branch.symptom:
            yield Finding("an if-not without what one sees", "They have to know when it is meant.")
        if branch.then is Then.STEP and content.position(branch.to) is None:
            yield Finding(f"{what} leads to a step that is gone", "Choose another, or take it away.")
        elif branch.then is Then.STEP and branch.to == step.key:
            yield Finding(f"{what} leads back to this step", "They would go round in circles.")
        elif branch.then is Then.GUIDE and guides is not None and branch.to not in guides:
            yield Finding(f"{what} leads to a guide that is not published", "Publish it, or choose another.")
        elif branch.then in (Then.CONTACT, Then.STOP) and not branch.to:
            yield Finding(f"{what} does not say whom to ask or what to do", "Somebody stands there and waits.")


def _said(step: Step) -> str:
    return "\n".join(filter(None, (step.action, step.expect, step.detail)))


def _all_of(step: Step) -> str:
    texts = [step.action, step.where, step.expect, step.detail]
    texts += [text for branch in step.branches for text in (branch.symptom, branch.to)]
    return "\n".join([*texts, *(picture.alt for picture in step.pictures)])
