"""Reading a guide that ``guide_markdown`` wrote: what comes back is what went out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from deskmate.domain.guide import Branch, Caution, Content, Step, Then
from deskmate.domain.guide_words import GuideWords, words_in
from deskmate.formats.guide_markdown import ARROW, FORMAT, GLYPHS, anchor

_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_GUIDE = re.compile(r"\.\./([\w-]+)/")


@dataclass(slots=True)
class _Part:
    """A step while it is being read: its texts by name, and where unlabelled ones go."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    caution: Caution = Caution.NONE
    branches: list[Branch] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    now: str = "action"

    def say(self, text: str) -> None:
        self.texts.setdefault(self.now, []).append(text)


@dataclass(frozen=True, slots=True)
class Found:
    """A guide, and its pictures: the step from 0, where it lies, and the words for it."""

    content: Content
    pictures: tuple[tuple[int, str, str], ...]


def is_ours(text: str) -> bool:
    """Whether this was written here, in a form that is read here."""
    return _front(text).get("deskmate") == FORMAT


def read(text: str) -> Found:
    """The guide in a text for which ``is_ours`` holds. Its steps are marked as not looked at."""
    front = _front(text)
    language = str(front.get("language") or "en")
    said = words_in(language)
    title = ""
    summary: list[str] = []
    needs: list[str] = []
    parts: list[_Part] = []
    section = "summary"
    tree = SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).parse(_FRONT.sub("", text, count=1)))
    step_title = re.compile(re.escape(said.step).replace(re.escape("{}"), r"\d+"))
    for node in tree.children:
        words = _text(node)
        if node.type == "heading" and node.tag == "h1":
            title = words
        elif node.type == "heading":
            section = "needs" if words == said.needs else "contact" if words == said.contact else "step"
            if step_title.fullmatch(words):
                parts.append(_Part())
                section = "step"
        elif section == "step" and parts:
            _add(parts[-1], node, said)
        elif section == "summary":
            summary.append(words)
        elif section == "needs":
            needs += [_text(item) for item in node.children]
    content = Content(
        str(front.get("title") or title),
        "\n\n".join(summary),
        tuple(map(str, front.get("words") or ())),
        language=language,
        needs=tuple(needs),
        minutes=front.get("minutes") if isinstance(front.get("minutes"), int) else None,
        steps=tuple(_step(place, part, said, len(parts)) for place, part in enumerate(parts)),
    )
    pictures = ((place, *each) for place, part in enumerate(parts) for each in part.pictures)
    return Found(content, tuple(pictures))


def _add(part: _Part, node: SyntaxTreeNode, said: GuideWords) -> None:
    """Put a block where its label says; without one, where the block before it went."""
    if node.type == "bullet_list":
        part.branches += [_branch(item, said) for item in node.children]
        return
    line = node.children[0].children if node.children else []
    if len(line) == 1 and line[0].type == "image":
        part.pictures.append((str(line[0].attrs.get("src", "")), "".join(map(_text, line[0].children))))
        return
    if line and _is_bold(line):
        first = next(place for place, each in enumerate(line) if each.type == "strong")
        label = _text(line[first]).removesuffix(":")
        words = {Caution.CAUTION: said.caution, Caution.STOP: said.stop}
        care = {f"{GLYPHS[caution]} {word}": caution for caution, word in words.items()}
        if label in care:
            part.caution = care[label]
            return
        part.now = {said.where: "where", said.detail: "detail", said.expect: "expect"}.get(label, part.now)
        rest = "".join(map(_text, line[first + 1 :])).removeprefix(" ")
        if rest:
            part.say(rest)
        if part.now == "where":
            part.now = "action"
        return
    part.say(_text(node))


def _is_bold(line: Sequence[SyntaxTreeNode]) -> bool:
    """Whether a line begins with a label; what reads it may have put empty text before."""
    return next((each.type == "strong" for each in line if each.type != "text" or each.content), False)


def _branch(item: SyntaxTreeNode, said: GuideWords) -> Branch:
    links = [node for node in item.walk() if node.type == "link"]
    last = str(links[-1].attrs.get("href", "")) if links else ""
    symptom, _, rest = _text(item).partition(f"\n{ARROW} ")
    if guide := _GUIDE.match(last):
        return Branch(symptom, Then.GUIDE, guide[1])
    if last.startswith("#"):
        return Branch(symptom, Then.STEP, last)
    ways = (
        *((said.stop_and_ask, Then.STOP), (said.ask_us, Then.CONTACT)),
        *((said.stop_with, Then.STOP), (said.ask, Then.CONTACT)),
    )
    for way, then in ways:
        before, _, after = way.partition("{}")
        if rest == way:
            return Branch(symptom, then, "")
        if "{}" in way and rest.startswith(before) and rest.endswith(after):
            return Branch(symptom, then, rest[len(before) : len(rest) - len(after)])
    return Branch(symptom, Then.STOP, rest)


def _step(place: int, part: _Part, said: GuideWords, steps: int) -> Step:
    anchors = {f"#{anchor(said.step.format(number + 1))}": _key(number) for number in range(steps)}
    branches = (
        replace(each, to=anchors.get(unquote(each.to), each.to)) if each.then is Then.STEP else each
        for each in part.branches
    )
    texts = {name: "\n\n".join(lines) for name, lines in part.texts.items()}
    return Step(
        _key(place),
        texts.get("action", ""),
        texts.get("where", ""),
        texts.get("expect", ""),
        texts.get("detail", ""),
        caution=part.caution,
        branches=tuple(branches),
        reviewed=False,
    )


def _key(place: int) -> str:
    return f"step{place + 1}"


def _text(node: SyntaxTreeNode) -> str:
    """The words of a block as they were typed."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type in ("text", "code_inline"):
        return node.content
    blocks = ("paragraph", "bullet_list", "ordered_list", "list_item")
    joint = "\n\n" if any(child.type in blocks for child in node.children) else ""
    return joint.join(map(_text, node.children))


def _front(text: str) -> dict[str, Any]:
    found = _FRONT.match(text)
    said: dict[str, Any] = {}
    for line in found[1].split("\n") if found else ():
        name, _, value = line.partition(": ")
        try:
            said[name] = json.loads(value)
        except ValueError:
            continue
    return said
