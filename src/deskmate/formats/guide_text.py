"""Guides as text, as they are typed: a title behind ``#``, fields such as ``Minutes: 10``, numbered steps with fields
of their own.

What is typed stands as it is: nothing is escaped, and ``[OK]`` and ``C:\\[x]`` mean nothing but themselves. Further
lines of a text stand behind a ``>``; one that can not be taken for anything else may go without. All of a guide is in
it, also what is internal: this form stays on this machine. Docs and examples: ``docs/guides.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from deskmate.domain.guide import (
    MOST_MINUTES,
    NAME,
    Audience,
    Branch,
    Caution,
    Content,
    Placeholder,
    Source,
    Step,
    Then,
    tidy,
    why_not,
)
from deskmate.domain.picture import Picture
from deskmate.domain.text import clean
from deskmate.domain.values import Wrong, choice, yes
from deskmate.formats.annotating import Problem, nearest

ABOVE: tuple[str, ...] = (
    "Summary",
    "Users say",
    "Needs",
    "For",
    "Language",
    "Minutes",
    "Look again",
    "Placeholder",
    "Internal note",
)
"""The fields above the steps."""
OF_PLACEHOLDER: tuple[str, ...] = ("asks for", "from", "example", "secret")
"""The fields below a placeholder."""
BELOW: tuple[str, ...] = (
    "where",
    "see",
    "more",
    "if",
    "then",
    "care",
    "minutes",
    "picture",
    "internal note",
    "looked at",
    "key",
)
"""The fields below a step."""
_SEVERAL = {"Users say", "Needs", "Placeholder", "if", "then", "picture"}
"""What may be said more than once."""
_TEXTS = {"Summary", "Internal note", "see", "more", "internal note", "action"}
"""What may have several lines."""
_AUDIENCES = {"users": Audience.USER, "technicians": Audience.TECHNICIAN}
_LEADS = {"guide": Then.GUIDE, "ask": Then.CONTACT, "stop": Then.STOP}

_STEP = re.compile(r"(\d{1,3})[.)](?: (.*)|\s*)")
_FIELD = re.compile(r"\s*(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,2}):(?: (?P<value>.*)|\s*)")
_MORE = re.compile(r"\s*> ?(.*)")
_INDENT = "   "


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says. It is to be kept only when there are no problems."""

    content: Content
    problems: tuple[Problem, ...] = ()


def write(content: Content, *, bare: bool = False) -> str:
    """A guide as text. A ``bare`` one is for reading: without keys of steps, and without fields that say nothing."""
    lines = [f"# {content.title}", "", *_head(content, bare)]
    for number, step in enumerate(content.steps, start=1):
        first, *more = step.action.split("\n")
        lines += ["", f"{number}. {first}" if first else f"{number}."]
        lines += [f"{_INDENT}{line}" for line in (*_more(more), *_below(content, step, bare))]
    return "\n".join(lines) + "\n"


def read(text: str, before: Content | None, new_key: Callable[[], str]) -> Written:
    """What a text says, tidied. ``before`` is the guide it was written from: it has the pictures that are named.

    Steps without a key, and those whose key stands twice, get a new one.
    """
    return _Reading(before, new_key).read(clean(text, multiline=True)[0].split("\n"))


# --- writing -----------------------------------------------------------------------------------------------


def _head(content: Content, bare: bool) -> Iterator[str]:
    said: list[tuple[str, str]] = [
        ("Summary", content.summary),
        *(("Users say", each) for each in content.words or ("",)),
        *(("Needs", each) for each in content.needs or ("",)),
        ("For", next(word for word, each in _AUDIENCES.items() if each is content.audience)),
        ("Language", content.language),
        ("Minutes", str(content.minutes or "")),
        ("Look again", f"every {content.review_months} months" if content.review_months else "never"),
    ]
    yield from _fields(said, bare)
    for each in content.placeholders:
        yield f"Placeholder: {each.name}"
        below = [("asks for", each.label), ("example", each.example), ("secret", "yes" if each.secret else "")]
        if each.source is not Source.ASK:
            below.insert(1, ("from", each.source))
        yield from (f"{_INDENT}{line}" for line in _fields(below, True))
    yield from _fields([("Internal note", content.note)], bare)


def _below(content: Content, step: Step, bare: bool) -> Iterator[str]:
    yield from _fields([("where", step.where), ("see", step.expect)], bare)
    yield from _fields([("more", step.detail)], True)
    for branch in step.branches:
        yield f"if: {branch.symptom}".rstrip()
        yield f"then: {_leads_to(content, branch)}".rstrip()
    said = [
        ("care", "" if step.caution is Caution.NONE else step.caution),
        ("minutes", str(step.minutes or "")),
        *(("picture", f"{each.key} {each.alt}".rstrip()) for each in step.pictures),
        ("internal note", step.note),
        ("looked at", "" if step.reviewed else "no"),
        ("key", "" if bare else step.key),
    ]
    yield from _fields(said, True)


def _leads_to(content: Content, branch: Branch) -> str:
    """``step 3``, ``guide vpn``, ``ask the helpdesk`` or ``stop``. Behind a ``?`` stands the key of a step that is
    not there."""
    if branch.then is Then.STEP:
        place = content.position(branch.to)
        return f"step ?{branch.to}" if place is None else f"step {place + 1}"
    return f"{next(word for word, then in _LEADS.items() if then is branch.then)} {branch.to}"


def _fields(said: list[tuple[str, str]], bare: bool) -> Iterator[str]:
    for name, value in said:
        first, *more = value.split("\n")
        if first or not bare:
            yield f"{name}: {first}" if first else f"{name}:"
        yield from _more(more)


def _more(lines: list[str]) -> Iterator[str]:
    return (f"> {line}" if line else ">" for line in lines)


# --- reading -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """A field, where it stands, and what it says line by line."""

    line: int
    name: str
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is said in one place: at the top, below a placeholder, or below a step, which is called ``number``."""

    line: int
    number: int = 0
    said: list[_Said] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key that was typed for a step; empty for none."""
        return next((each.text.strip() for each in self.said if each.name == "key"), "")

    @property
    def saying(self) -> list[_Said]:
        """The fields that say something, and those that may not be left out where they stand."""
        return [each for each in self.said if each.text.strip() or each.name in ("if", "Placeholder")]

    def says(self, name: str) -> bool:
        return any(each.name == name for each in self.saying)


class _Reading:
    """Takes line by line; what is not understood is said and left out."""

    def __init__(self, before: Content | None, new_key: Callable[[], str]) -> None:
        self._pictures = {each.key: each for each in before.pictures} if before else {}
        self._new_key = new_key
        self._keys: set[str] = set()
        self._problems: list[Problem] = []
        self._title: str | None = None
        self._head = self._part = _Part(1)
        self._placeholders: list[_Part] = []
        self._steps: list[_Part] = []
        self._blank = False
        """An empty line stands before the one that is taken."""

    def read(self, lines: list[str]) -> Written:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                self._blank = True
                continue
            with self._problem(number, line):
                self._take(number, line)
            self._blank = False
        content = self._made()
        why = "" if self._problems else why_not(content)
        if why:
            at = re.match(r"Step (\d+): ", why)
            place = self._steps[int(at[1]) - 1].line if at else 1
            self._problems.append(Problem(place, lines[place - 1].strip(), why[at.end() if at else 0 :].rstrip(".")))
        return Written(content, tuple(sorted(self._problems, key=lambda each: each.line)))

    @contextmanager
    def _problem(self, number: int, line: str) -> Iterator[None]:
        try:
            yield
        except Wrong as wrong:
            self._problems.append(Problem(number, line.strip(), str(wrong)))

    # --- line by line

    def _take(self, number: int, line: str) -> None:
        more, step, said = _MORE.fullmatch(line), _STEP.fullmatch(line), _FIELD.fullmatch(line)
        if self._title is None:
            self._title = ""
            if not (more or step or said):
                self._title = line.removeprefix("#")
                return
            self._problems.append(Problem(number, line.strip(), "a guide begins with # and its title"))
        if re.match(r"#+( |$)", line):
            raise Wrong("no headings but the title: one text is one guide")
        if more:
            self._goes_on(number, more[1])
        elif step:
            self._part = _Part(number, int(step[1]), [_Said(number, "action", [step[2] or ""])])
            self._steps.append(self._part)
        elif said:
            self._add(number, said["name"], said["value"] or "")
        else:
            self._goes_on(number, line.strip())

    def _goes_on(self, number: int, line: str) -> None:
        """One more line of the text above."""
        if self._part is self._head and not self._head.said:
            self._head.said.append(_Said(number, "Summary", [line]))
            return
        last = self._part.said[-1] if self._part.said else None
        if last is None or last.name not in _TEXTS:
            what = f"{last.name} is one line" if last else "nothing goes on here"
            raise Wrong(
                f"{what}: neither a step, such as 1. Click [OK], nor a field, such as {_EXAMPLES[bool(self._steps)]}"
            )
        last.lines.extend(["", line] if self._blank else [line])

    def _add(self, number: int, typed: str, value: str) -> None:
        """A field, of the part that is read or of one it belongs to."""
        name = typed.casefold()
        if self._steps:
            known, others = (
                BELOW,
                {**_named(ABOVE, "above the steps"), **_named(OF_PLACEHOLDER, "below a placeholder")},
            )
        elif self._part is not self._head and name in OF_PLACEHOLDER:
            known, others = OF_PLACEHOLDER, {}
        else:
            self._part, known = self._head, ABOVE
            others = {**_named(BELOW, "below a step"), **_named(OF_PLACEHOLDER, "below a placeholder")}
        found = next((each for each in known if each.casefold() == name), None)
        if found is None and name in others:
            raise Wrong(f"“{typed}” belongs {others[name]}")
        if found is None:
            meant = nearest(name, known)
            more = "" if meant.endswith("?") else "; more of a text stands behind a >"
            raise Wrong(f"no field “{typed}”{meant}{more}")
        if found not in _SEVERAL and self._part.says(found):
            raise Wrong(f"{found} is said twice")
        if found == "Placeholder":
            self._part = _Part(number)
            self._placeholders.append(self._part)
        self._part.said.append(_Said(number, found, [value]))

    # --- all of it

    def _made(self) -> Content:
        content = Content(self._title or "")
        for said in self._head.saying:
            with self._problem(said.line, said.text):
                content = _ABOVE[said.name](content, said.text)
        placeholders = tuple(map(self._placeholder, self._placeholders))
        keys = [self._own_key(part.key) for part in self._steps]
        steps = tuple(self._step(part, key, keys) for part, key in zip(self._steps, keys, strict=True))
        return tidy(replace(content, placeholders=placeholders, steps=steps))

    def _placeholder(self, part: _Part) -> Placeholder:
        made = Placeholder("")
        for said in part.saying:
            with self._problem(said.line, said.text):
                made = _OF_PLACEHOLDER[said.name](made, said.text)
        return made

    def _step(self, part: _Part, key: str, keys: list[str]) -> Step:
        step = Step(key)
        waiting: _Said | None = None
        """The if that has no then yet."""
        for said in part.saying:
            with self._problem(said.line, said.text):
                if said.name == "then":
                    if waiting is None:
                        raise Wrong("a then needs an if above it: what is seen instead")
                    seen, waiting = waiting.text, None
                    step = replace(step, branches=(*step.branches, self._branch(seen, said.text, keys)))
                    continue
                self._without_then(waiting)
                waiting = said if said.name == "if" else None
                if said.name == "picture":
                    step = replace(step, pictures=(*step.pictures, self._picture(said.text)))
                elif said.name in _OF_STEP:
                    step = _OF_STEP[said.name](step, said.text)
        self._without_then(waiting)
        return step

    def _without_then(self, said: _Said | None) -> None:
        if said is not None:
            self._problems.append(Problem(said.line, said.text, f"an if needs a then below it: {_THEN}"))

    def _branch(self, symptom: str, typed: str, keys: list[str]) -> Branch:
        word, _, to = typed.strip().partition(" ")
        if word.casefold() in _LEADS:
            return Branch(symptom, _LEADS[word.casefold()], to)
        if word.casefold() != "step" or not (to.startswith("?") or to.isdecimal()):
            raise Wrong(f"“{typed}” leads nowhere: {_THEN}")
        return Branch(symptom, Then.STEP, to[1:] if to.startswith("?") else self._numbered(int(to), keys))

    def _numbered(self, number: int, keys: list[str]) -> str:
        """The key of the step that is called so in the text. Where two are, the one that was there before."""
        called = [(part, key) for part, key in zip(self._steps, keys, strict=True) if part.number == number]
        old = [(part, key) for part, key in called if part.key == key]
        found = old if len(old) == 1 else called
        if len(found) != 1:
            raise Wrong(f"two steps are called {number}" if found else f"there is no step {number}")
        return found[0][1]

    def _picture(self, typed: str) -> Picture:
        key, _, alt = typed.strip().partition(" ")
        known = self._pictures.get(key)
        if known is None:
            raise Wrong(f"this guide has no picture {key}; in the app, i in the guide adds one")
        return replace(known, key=self._own_key(key), alt=alt)

    def _own_key(self, typed: str) -> str:
        """A key that stands only once: the one that was typed, if it can be."""
        key = typed
        while not key or key in self._keys:
            key = self._new_key()
        self._keys.add(key)
        return key


_THEN = "step 3, guide NAME, ask WHOM, or stop and what to do instead"
_EXAMPLES = ("Minutes: 10", "see: The window opens.")


def _named(names: tuple[str, ...], where: str) -> dict[str, str]:
    return {name.casefold(): where for name in names}


# --- fields ------------------------------------------------------------------------------------------------


def _audience(content: Content, text: str) -> Content:
    audience = _AUDIENCES.get(text.strip().casefold())
    if audience is None:
        raise Wrong(f"a guide is for {' or '.join(_AUDIENCES)}")
    return replace(content, audience=audience)


def _minutes(text: str) -> int:
    found = re.fullmatch(r"(\d{1,5})(?: ?min(?:utes?)?\.?)?", text.strip(), re.ASCII)
    if found is None or not 1 <= int(found[1]) <= MOST_MINUTES:
        raise Wrong(f"minutes are a number from 1 to {MOST_MINUTES:,}")
    return int(found[1])


def _months(text: str) -> int:
    found = re.fullmatch(r"(?:every )?(\d{1,3})(?: months?)?", text.strip().casefold(), re.ASCII)
    if found is None and text.strip().casefold() != "never":
        raise Wrong("it is every 12 months, for one, or never")
    return int(found[1]) if found else 0


def _name(text: str) -> str:
    name = text.strip().removeprefix("{").removesuffix("}")
    if not NAME.fullmatch(name):
        raise Wrong("the name of a placeholder is a word of letters, digits and _")
    return name


_ABOVE: dict[str, Callable[[Content, str], Content]] = {
    "Summary": lambda content, text: replace(content, summary=text),
    "Users say": lambda content, text: replace(content, words=(*content.words, text)),
    "Needs": lambda content, text: replace(content, needs=(*content.needs, text)),
    "For": _audience,
    "Language": lambda content, text: replace(content, language=text),
    "Minutes": lambda content, text: replace(content, minutes=_minutes(text)),
    "Look again": lambda content, text: replace(content, review_months=_months(text)),
    "Internal note": lambda content, text: replace(content, note=text),
}
_OF_PLACEHOLDER: dict[str, Callable[[Placeholder, str], Placeholder]] = {
    "Placeholder": lambda each, text: replace(each, name=_name(text)),
    "asks for": lambda each, text: replace(each, label=text),
    "from": lambda each, text: replace(each, source=choice(text, Source)),
    "example": lambda each, text: replace(each, example=text),
    "secret": lambda each, text: replace(each, secret=yes(text)),
}
_OF_STEP: dict[str, Callable[[Step, str], Step]] = {
    "action": lambda step, text: replace(step, action=text),
    "where": lambda step, text: replace(step, where=text),
    "see": lambda step, text: replace(step, expect=text),
    "more": lambda step, text: replace(step, detail=text),
    "care": lambda step, text: replace(step, caution=choice(text, Caution)),
    "minutes": lambda step, text: replace(step, minutes=_minutes(text)),
    "internal note": lambda step, text: replace(step, note=text),
    "looked at": lambda step, text: replace(step, reviewed=yes(text)),
}
