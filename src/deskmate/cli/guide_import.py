"""``guide import`` and ``guide purge``: guides that come in, and pixels that go for good."""

from __future__ import annotations

from deskmate.cli.desks import opened
from deskmate.cli.guides import the_guide
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.domain.guiding import ImportGuides, PurgeOriginal
from deskmate.errors import DONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.formats.guide_import import Brought


def take_in(said: Said, folder: str) -> int:
    """Make guides of files, folders and archives, or say what would come of them."""
    if not said.words:
        raise said.wrong("Say which file or folder to import.")
    from deskmate.formats.guide_import import read

    brought = [each for path in said.words for each in read(path)]
    if said.has("--dry-run"):
        return _say_what_is_in(said, brought)
    from deskmate.services.guide_importing import taken_in

    with opened(folder) as desk:
        taken = taken_in(folder, brought)
        outcome = desk.run(ImportGuides(tuple(each.content for each in taken)))
    notes = [[*each.notes] for each in taken]
    if said.has("--json"):
        say_json_array({"came_to": came, "notes": note} for came, note in zip(outcome.notes, notes, strict=True))
        return DONE
    for came, note in zip(outcome.notes, notes, strict=True):
        say(came)
        for each in note:
            narrate(f"  {each}")
    narrate("Nobody has looked at these steps and pictures: they can not be published before.")
    return DONE


def purge(said: Said, folder: str) -> int:
    """Remove the covered pixels of a picture for good."""
    name, step, place = (*said.words, "1")[:3] if len(said.words) in (2, 3) else ("", "", "")
    if not step.isdigit() or not place.isdigit():
        raise said.wrong("Say the guide, the number of the step, and of the picture where it has several.")
    found = the_guide(said, folder, name)
    pictures = [picture for each in found.content.steps[int(step) - 1 : int(step)] for picture in each.pictures]
    if not 0 < int(place) <= len(pictures):
        raise said.wrong(f"Step {step} of “{found.title}” has no picture {place}.")
    with opened(folder) as desk:
        outcome = desk.run(PurgeOriginal(pictures[int(place) - 1].file.digest))
    if said.has("--json"):
        say_json({"label": outcome.label, "notes": list(outcome.notes)})
        return DONE
    say(outcome.label)
    for note in outcome.notes:
        say(f"  {note}")
    return DONE


def _say_what_is_in(said: Said, brought: list[Brought]) -> int:
    if said.has("--json"):
        say_json_array(
            {
                "title": each.content.title,
                "steps": len(each.content.steps),
                "pictures": len(each.pictures),
                "notes": each.notes,
            }
            for each in brought
        )
        return DONE
    for each in brought:
        steps, pictures = _counted(len(each.content.steps), "step"), _counted(len(each.pictures), "picture")
        say(f"{each.content.title}: {steps}, {pictures}")
        for note in each.notes:
            narrate(f"  {note}")
    return DONE


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
