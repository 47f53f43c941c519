"""What to do if a step does not do what it should: asked for in a form of two lines."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import guide_edit, saying_branches
from deskmate.domain.guide import Branch, Content, Step
from deskmate.domain.request import Refused
from deskmate.domain.values import Wrong
from deskmate.tui import guides, step_lines
from deskmate.tui.guide_lines import leads_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.choose import Choice
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.screens.guide.verbs import Verbs

    Back = Callable[[DeskmateError], None]

KIND = "if"
OFFERED = 6


class Branches:
    """The branches of the step under the cursor."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs

    def ask(self) -> None:
        """Which one of those there are, or a new one."""
        panel, step = self._verbs.panel, self._verbs.panel.step
        if step is None:
            return
        if not step.branches:
            self.open(step, len(step.branches))
            return
        from deskmate.tui.dialogs.choose import Choice

        titles = panel.seen.titles
        choices = [
            Choice(KIND, place, "change", branch.symptom, leads_to(branch, panel.content, titles))
            for place, branch in enumerate(step.branches)
        ]
        choices.insert(0, Choice(KIND, len(step.branches), "new", "another one"))

        def chosen(choice: Choice) -> None:
            self.open(step, choice.value)

        self._verbs.pick("If not", choices, chosen)

    def reopen(self, rest: str, text: str | None) -> None:
        """Ask again: the key of the step, and the place of the branch."""
        panel = self._verbs.panel
        key, _colon, place = rest.rpartition(":")
        step = panel.content.step(key)
        if step is None:
            panel.say("that step is not there any more", error=True)
        else:
            panel.to_step(key)
            self.open(step, min(int(place), len(step.branches)), text)

    def open(self, step: Step, place: int, text: str | None = None, errors: dict[str, str] | None = None) -> None:
        """Ask what is seen instead, and where that leads. Behind the last one stands a new one."""
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        panel = self._verbs.panel
        content, titles = panel.content, panel.seen.titles
        now = step.branches[place] if place < len(step.branches) else None
        number = (content.position(step.key) or 0) + 1
        kind = self._verbs.kind(KIND, f"{step.key}:{place}")
        kept, cursor = panel.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        slugs = self._slugs()
        fields = [
            Field("symptom", "If", now.symptom if now else "", hint="what one sees instead"),
            Field(
                "then",
                "Then",
                saying_branches.said(content, now, titles) if now else "",
                choices=partial(self._offered, slugs),
                hint=partial(_understood, content, slugs),
            ),
        ]
        form = FormDialog(
            panel.gateway, kind, (), f"Step {number}, if not", fields, draft=kind, text=kept, cursor=cursor,
            check=partial(_wrong, content, slugs, now), errors=errors, others={"f8": "remove it"} if now else None,
        )  # fmt: skip

        def closed(changed: Changed | None) -> None:
            if form.asked:
                panel.gateway.save_draft(kind, "", 0, None)
                self.remove(step, place)
            elif changed:

                def back(error: DeskmateError) -> None:
                    self.open(step, place, as_draft(changed))

                self._keep(step, place, now, changed, kind, back)

        panel.queue.open_dialog(form, closed)

    def remove(self, step: Step, place: int) -> None:
        """Take one away."""
        number = self._verbs.number(step)

        def change(content: Content) -> Content:
            there = _there(content, step, place)
            return guide_edit.put(
                content, replace(there, branches=(*there.branches[:place], *there.branches[place + 1 :]))
            )

        self._verbs.save(change, f"took an “if not” off step {number}", to=step.key)

    def move(self, step: Step, place: int, by: int) -> None:
        """Put one before or behind its neighbour."""
        to = place + by
        if not 0 <= to < len(step.branches):
            self._verbs.panel.say("it is the last one" if by > 0 else "it is the first one", error=True)
            return

        def change(content: Content) -> Content:
            there = _there(content, step, place)
            branches = list(there.branches)
            branches.insert(to, branches.pop(place))
            return guide_edit.put(content, replace(there, branches=tuple(branches)))

        part = f"{step_lines.BRANCH}{to}"
        self._verbs.save(change, f"moved an “if not” of step {self._verbs.number(step)}", to=step.key, part=part)

    def _keep(self, step: Step, place: int, now: Branch | None, changed: Changed, kind: str, back: Back) -> None:
        panel, slugs = self._verbs.panel, self._slugs()

        def change(content: Content) -> Content:
            there = _there(content, step, place if now else 0)
            then, to = (now.then, now.to) if now else (None, "")
            if "then" in changed or then is None:
                typed = changed.get("then", "")
                then, to = saying_branches.read(typed, content, slugs)
            branch = Branch(changed.get("symptom", now.symptom if now else ""), then, to)
            branches = list(there.branches)
            if now:
                branches[place] = branch
            else:
                branches.append(branch)
            return guide_edit.put(content, replace(there, branches=tuple(branches)))

        part = f"{step_lines.BRANCH}{place}" if panel.part else ""
        what = f"step {self._verbs.number(step)}, if not"
        self._verbs.save(change, what, to=step.key, part=part, draft=kind, back=back)

    def _slugs(self) -> dict[str, str]:
        lines = guides.found_now(self._verbs.panel.gateway, "") or []
        mine = self._verbs.panel.guide
        return {line.title: line.slug for line in lines if mine is None or line.key != mine.id}

    def _offered(self, slugs: dict[str, str], typed: str) -> Sequence[str]:
        """What may be meant by what is typed so far; nothing once it is understood."""
        word = typed.strip().casefold()
        if not word or word[0].isdecimal() or word.startswith("s"):
            return ()
        people = [f"ask {person.name}" for person in self._verbs.panel.gateway.network()]
        named = [f"guide {title}" for title in slugs]
        bare = word.removeprefix("guide").removeprefix("ask").strip()
        found = [each for each in (*named, *people) if each.casefold().startswith(word)]
        found = found or [each for each in (*named, *people) if bare and bare in each.casefold()]
        return () if typed in found else found[:OFFERED]


def _there(content: Content, step: Step, place: int) -> Step:
    """The step as it is now. Raises Refused when that branch is not on it any more."""
    there = content.step(step.key)
    if there is None or (step.branches and there.branches[place : place + 1] != step.branches[place : place + 1]):
        raise Refused("This step was changed elsewhere meanwhile.", "What you typed is kept.")
    return there


def _understood(content: Content, slugs: dict[str, str], typed: str) -> str:
    if not typed.strip():
        return saying_branches.HOW
    try:
        branch = Branch("", *saying_branches.read(typed, content, slugs))
    except Wrong as wrong:
        return str(wrong)
    there = leads_to(branch, content, {slug: title for title, slug in slugs.items()})
    step = content.step(branch.to)
    return f"{there}: {step_lines.first_line(step)}" if step else there


def _wrong(content: Content, slugs: dict[str, str], now: Branch | None, changed: Changed) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not (changed.get("symptom", now.symptom if now else "")).strip():
        wrong["symptom"] = "say what one sees instead"
    if "then" in changed or now is None:
        try:
            saying_branches.read(changed.get("then", ""), content, slugs)
        except Wrong as problem:
            wrong["then"] = str(problem)
    return wrong
