"""That a guide went out: written down, and on the timeline of the request it was for; and what goes with a reply."""

from __future__ import annotations

from deskmate.domain.commands import Outcome
from deskmate.domain.enclosing import Chosen
from deskmate.domain.guiding import MadeGuide, RecordSent
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.errors import DeskmateError
from deskmate.services import guide_files
from deskmate.services.workspace import Workspace
from deskmate.store import files
from deskmate.store.read import guides
from deskmate.store.write.guide_tables import GuideSentRow
from deskmate.store.write.unit_of_work import UnitOfWork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.store.read.budget import Connection


def record(workspace: Workspace, command: RecordSent, draft: str = "") -> Outcome:
    """Write it down. Raises Refused when the guide, or its revision, is not there."""
    with workspace.unit_of_work(command.name) as work:
        found = next(
            (each for each in guides.revisions(work.conn, command.guide) if command.revision in (None, each.number)),
            None,
        )
        if found is None:
            raise Refused("Nothing of this guide is published that could have gone out.")
        title, person = found.content.title, command.person
        what = f"sent “{title}” as {command.form}"
        if command.request is not None:
            request = work.requests((command.request,))[0]
            person = person if person is not None else request.person_id
            work.fact(request.number, "guide sent", command.form, title)
            what += f" for {label(request.number)}"
        work.add(
            GuideSentRow(
                guide_id=command.guide,
                revision_id=found.id,
                request_id=command.request,
                person_id=person,
                form=command.form,
                experience=command.experience,
                at=work.clock,
            )
        )
        work.drop_draft(draft)
        seq = work.finish(what)
    return Outcome(seq, what, (command.request,) if command.request else ())


def made(conn: Connection, folder: str, chosen: Chosen) -> MadeGuide:
    """Make what somebody gets of a guide, and keep it: of its newest published text.

    Raises Refused for what must not go out, OpenPlaceholders, and DeskmateError for a missing library or picture.
    """
    from deskmate.formats import guide_mail

    form = guide_files.FORMS[chosen.form]
    if form.missing:
        raise DeskmateError(f"{form.title} {form.missing}", "The page for a browser can be printed, too.")
    content = guide_files.text_of(conn, chosen.guide)
    newest = guides.revisions(conn, chosen.guide)[0]
    guide = guide_files.user_guide(
        conn, folder, chosen.guide, values=chosen.values, experience=chosen.experience, revision=newest.number
    )
    name, data = next(iter(form.write(guide).items()))
    kept = files.keep_data(folder, name, data)
    return MadeGuide(
        chosen.guide, newest.id, content.title, form.name, chosen.experience, kept, guide_mail.text(guide)
    )


def enclose(work: UnitOfWork, folder: str, number: int, person: int | None, message: int, made: MadeGuide) -> None:
    """Write down that a guide goes with a reply, as part of the step that stores the reply. Raises NotKept."""
    files.check(folder, made.kept)
    work.fact(number, "guide sent", made.form, made.title)
    work.add(
        GuideSentRow(
            guide_id=made.guide,
            revision_id=made.revision,
            request_id=number,
            person_id=person,
            form=made.form,
            experience=made.experience,
            at=work.clock,
            message_id=message,
            name=made.kept.name,
            size=made.kept.size,
            digest=made.kept.digest,
            said=made.said,
        )
    )
