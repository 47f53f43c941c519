"""What is asked for in the panel of guides: a title, the fields, what is new, when to look again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from deskmate.domain.guide import Content, next_look, why_not_published
from deskmate.domain.guiding import DropTerm, PublishGuide, ReviewGuide, SaveGuide, SaveTerm
from deskmate.domain.hours import day_text
from deskmate.domain.picture import Review
from deskmate.domain.text import safe
from deskmate.tui import guides

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.commands import Command, Outcome
    from deskmate.domain.guide import Guide
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.screens.panel import PanelScreen

NEW, COPY, FIELDS, PUBLISH, REVIEW, TERM = "new", "copy", "fields", "publish", "review", "term"
VERBS = frozenset({NEW, COPY, FIELDS, PUBLISH, REVIEW, TERM})
"""The ends of the names of the actions."""


class Asking(Protocol):
    """The verbs of a panel in which guides are asked about."""

    @property
    def panel(self) -> PanelScreen:
        """Where they are pressed."""

    def edit(self, key: int, step: str | None = None) -> None:
        """To the editor of a guide, at this step of it."""

    def send(
        self,
        command: Command,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
        then: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        """Have it done, and say what came of it. ``back`` is called when nothing was saved, ``then`` when it was."""


class Editing:
    """Opens the dialogs, and has saved what they give back. Their kinds begin with ``kind``."""

    def __init__(self, verbs: Asking, kind: str = "guides") -> None:
        self._verbs = verbs
        self._kind = kind

    def open(self, verb: str, key: int, text: str | None = None) -> None:
        """Open the dialog of a verb. ``text`` is to be shown instead of the draft that may wait."""
        panel = self._verbs.panel
        guide = guides.guide(panel.gateway, key) if key else None
        if verb == NEW:
            self._title("New guide: its title", Content(""), f"{self._kind}:{NEW}:0", "", text)
        elif guide is None:
            panel.say("this guide is not there any more", error=True)
        elif verb == COPY:
            copied = f"{guide.title} (copy)"
            self._title(f"Another of {safe(guide.title)}", guide.content, f"{self._kind}:{COPY}:{key}", copied, text)
        elif verb == FIELDS:
            self._fields(guide, text)
        elif verb == PUBLISH:
            self._publish(guide, text)
        elif verb == TERM:
            about = "Glossary, a word and how to say it plainly: dns: the phone book of the network"
            self._ask(f"{self._kind}:{TERM}:{key}", about, "keep it", "", text, _term)
        else:
            self._review(guide, text)

    # --- a new one ------------------------------------------------------------------------------------------

    def _title(self, about: str, content: Content, kind: str, proposed: str, text: str | None) -> None:
        def made(title: str) -> Command | None:
            return SaveGuide(replace(content, title=title)) if title.strip() else None

        self._ask(kind, about, "write it", proposed, text, made, lambda outcome: self._verbs.edit(outcome.made or 0))

    # --- its own fields -------------------------------------------------------------------------------------

    def _fields(self, guide: Guide, text: str | None) -> None:
        from deskmate.tui.dialogs.form import as_draft
        from deskmate.tui.dialogs.guide import GuideForm

        panel = self._verbs.panel
        kind = f"{self._kind}:{FIELDS}:{guide.id}"
        kept, cursor = self._draft(kind, text)
        form = GuideForm(panel.gateway, kind, guide.content, text=kept, cursor=cursor)

        def closed(changed: Changed | None) -> None:
            if not changed:
                return

            def back(error: DeskmateError) -> None:
                self.open(FIELDS, guide.id, as_draft(changed))

            self._verbs.send(SaveGuide(form.made(changed), guide.id, guide.version), kind, back)

        panel.queue.open_dialog(form, closed)

    # --- publishing, and looking again ----------------------------------------------------------------------

    def _publish(self, guide: Guide, text: str | None) -> None:
        panel = self._verbs.panel
        why = why_not_published(guide.content)
        if why:
            self._verbs.edit(guide.id, step=kept_back(guide.content))
            panel.queue.say(why, error=True)
            return
        number = guide.revision + 1
        about = f"{safe(guide.title)}, revision {number}: " + (
            "what is new?" if guide.revision else "a word on it, or just enter"
        )
        make = partial(PublishGuide, guide.id)
        self._ask(f"{self._kind}:{PUBLISH}:{guide.id}", about, f"publish revision {number}", "", text, make)

    def _review(self, guide: Guide, text: str | None) -> None:
        from deskmate.tui.dialogs.date import DateDialog

        panel = self._verbs.panel
        kind = f"{self._kind}:{REVIEW}:{guide.id}"
        kept, cursor = self._draft(f"{kind}:0", text)
        usual = next_look(guide.content.review_months, panel.now().date())
        skip = f"next look {day_text(usual)}" if usual else "no next look"
        dialog = DateDialog(
            panel.gateway, kind, (), f"{safe(guide.title)} is still true. Look again", panel.now,
            skip=skip, text=kept, cursor=cursor,
        )  # fmt: skip

        def closed(typed: str | None) -> None:
            if typed is None:
                return
            moment = panel.gateway.moment(typed, panel.now()) if typed.strip() else None
            command = ReviewGuide(guide.id, moment.date().isoformat() if moment else None)
            self._verbs.send(command, f"{kind}:0", lambda error: self.open(REVIEW, guide.id, typed))

        panel.queue.open_dialog(dialog, closed)

    # --- one line -------------------------------------------------------------------------------------------

    def _ask(
        self,
        kind: str,
        about: str,
        hint: str,
        proposed: str,
        text: str | None,
        make: Callable[[str], Command | None],
        then: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        """Ask for one line, and have done what is made of it; nothing where that is None."""
        from deskmate.tui.dialogs.prompt import PromptDialog

        panel = self._verbs.panel
        verb, key = kind.split(":")[1:]
        kept, cursor = self._draft(f"{kind}:0", text)

        async def answered(words: str | None) -> None:
            command = None if words is None else make(words.strip())
            if command is not None:
                self._verbs.send(command, f"{kind}:0", lambda error: self.open(verb, int(key), words), then)
                await panel.queue.verbs.settle()  # the next key is for where that leads

        panel.queue.open_dialog(
            PromptDialog(panel.gateway, kind, (), about, hint, kept or proposed, cursor), answered
        )

    def _draft(self, key: str, text: str | None) -> tuple[str, int]:
        kept, cursor = self._verbs.panel.gateway.draft(key)
        return (text, -1) if text is not None and text != kept else (kept, cursor)


def _term(typed: str) -> Command | None:
    """``word: plain words``; a word alone needs none, and one behind a minus goes off the glossary."""
    word, _colon, plain = typed.partition(":")
    if word.startswith("-"):
        return DropTerm(word.removeprefix("-").strip())
    return SaveTerm(word.strip(), plain.strip()) if word.strip() else None


def kept_back(content: Content) -> str | None:
    """The key of the step that keeps a guide from being published."""
    return next(
        (
            step.key
            for step in content.steps
            if not step.reviewed or any(each.review is Review.UNREVIEWED for each in step.pictures)
        ),
        None,
    )
