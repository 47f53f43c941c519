"""That a guide went out: written down, and on the timeline of the request it was for."""

from __future__ import annotations

from deskmate.domain.commands import Outcome
from deskmate.domain.guiding import RecordSent
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.services.workspace import Workspace
from deskmate.store.read import guides
from deskmate.store.write.guide_tables import GuideSentRow


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
