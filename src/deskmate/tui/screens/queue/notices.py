"""Words on the sign: the notice, put up with an end, changed and taken down, and those that always stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import instant, when
from deskmate.domain.commands import Numbers, SetNotice, SetSignWords
from deskmate.domain.sign import NOTICE_LIMIT
from deskmate.domain.text import clean
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.form import Changed

KIND = "notice"
WORDS = "sign.words"
NOT_UNDERSTOOD = "not understood; 14:00, +2h, eod, fri and 4 dec are"


class Notices(Group):
    """Opens the forms of the notice and of the standing words, and takes the notice down."""

    def why_not(self, action: str) -> str | None:
        """No request is needed, only a notice to take down."""
        if action not in (KIND, "notice.off", WORDS):
            return None
        if self.screen.gateway.read_only:
            return READ_ONLY
        return "there is no notice up" if action == "notice.off" and not self._current()[0] else ""

    async def run(self, action: str) -> bool:
        """Open a form, or take the notice down."""
        if action == "notice.off":
            self.screen.verbs.send(SetNotice(""))
        return action == "notice.off" or self.reopen(action, ())

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open a form."""
        if kind == KIND:
            self._notice(text)
        elif kind == WORDS:
            self._words(text)
        else:
            return False
        return True

    def _notice(self, text: str | None) -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        gateway = self.screen.gateway
        said, until = self._current()
        end = "" if until is None else instant.from_text(until).astimezone(self.screen.now().tzinfo)
        kept, cursor = gateway.draft(KIND) if text is None else (text, -1)
        fields = [
            Field("text", "notice", said, hint=self._room),
            Field("until", "until", f"{end:%Y-%m-%d %H:%M}" if end else "", hint=self._echo),
        ]

        def written(changed: Changed | None) -> None:
            def back(error: DeskmateError) -> None:
                self.reopen(KIND, (), as_draft(changed or {}))

            if changed is not None:
                typed = changed.get("until")
                moment = self.screen.gateway.moment(typed, self.screen.now()) if typed else None
                stood = until if typed is None else None
                command = SetNotice(changed.get("text", said), instant.to_text(moment) if moment else stood)
                self.screen.verbs.send(command, draft=KIND, back=back)

        form = FormDialog(
            gateway, KIND, (), "Notice on the sign: everybody can read it", fields,
            draft=KIND, text=kept, cursor=cursor, check=self._check,
        )  # fmt: skip
        self.screen.open_dialog(form, written)

    def _words(self, text: str | None) -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        gateway = self.screen.gateway
        kept, cursor = gateway.draft(WORDS) if text is None else (text, -1)
        fields = [
            Field("urgent", "urgent outage", gateway.setting("urgent"), hint="such as: ring 99; beside do not enter"),
            Field("deputy", "deputy", gateway.setting("deputy"), hint="who stands in while you are on leave"),
        ]

        def written(changed: Changed | None) -> None:
            def back(error: DeskmateError) -> None:
                self.reopen(WORDS, (), as_draft(changed or {}))

            if changed is not None:
                command = SetSignWords(changed.get("urgent"), changed.get("deputy"))
                self.screen.verbs.send(command, draft=WORDS, back=back)

        title = "What always stands on the sign: everybody can read it"
        self.screen.open_dialog(
            FormDialog(gateway, WORDS, (), title, fields, draft=WORDS, text=kept, cursor=cursor), written
        )

    def _current(self) -> tuple[str, str | None]:
        return self.screen.gateway.notice(instant.to_text(self.screen.now()))

    def _check(self, changed: Changed) -> dict[str, str]:
        wrong = {}
        if len(clean(changed.get("text", ""))[0]) > NOTICE_LIMIT:
            wrong["text"] = f"more than {NOTICE_LIMIT} characters"
        typed = changed.get("until", "")
        if typed:
            moment = self.screen.gateway.moment(typed, self.screen.now())
            if moment is None:
                wrong["until"] = NOT_UNDERSTOOD
            elif moment.timestamp() <= self.screen.now().timestamp():
                wrong["until"] = "has passed already"
        return wrong

    def _room(self, typed: str) -> str:
        left = NOTICE_LIMIT - len(clean(typed)[0])
        return f"{left} characters left" if typed else "without words it is taken down"

    def _echo(self, typed: str) -> str:
        if not typed:
            return "when the door closes for the day, unless you say when"
        moment = self.screen.gateway.moment(typed, self.screen.now())
        return NOT_UNDERSTOOD if moment is None else when.echo(moment, self.screen.now())
