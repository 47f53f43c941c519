"""``checklist``: checklists made of text, shown, changed and passed on."""

from __future__ import annotations

import os
from dataclasses import asdict

from deskmate.cli import typing_texts
from deskmate.cli.desks import opened, reading, trying
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.cli.typing_texts import STDIO, complain, text_of
from deskmate.cli.words import nearest
from deskmate.domain.checklist import word_of
from deskmate.domain.maintenance import DropChecklist, ImportChecklists, SaveChecklist, TakeStarters
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.formats import checklist_text
from deskmate.formats.checklist_schedule import fields
from deskmate.store.read import checklists, revisions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.checklist import Checklist
    from deskmate.domain.commands import Command
    from deskmate.formats.annotating import Problem
    from deskmate.formats.checklist_text import Written


def new(said: Said, folder: str) -> int:
    """Make a checklist of a text."""
    if len(said.words) != 1:
        raise said.wrong("Say which file, or - for standard input.")
    written = checklist_text.read(text_of(said.words[0]))
    if len(written) != 1:
        raise DeskmateError(
            f"{said.words[0]} holds {len(written) or 'no'} checklists.",
            "deskmate checklist import takes any number of them.",
        )
    if _complain(said.words[0], written):
        narrate("Nothing was changed.")
        return REFUSED
    _carry_out(said, folder, _save(written[0]))
    return DONE


def edit(said: Said, folder: str) -> int:
    """Change a checklist in the technician's editor, which opens again until each line is understood."""
    found = _the(said, folder, " ".join(said.words))
    return typing_texts.edit(
        _written(found, folder),
        "checklist",
        folder,
        _read_one,
        lambda written: _carry_out(said, folder, _save(written, found.id), found.id),
    )


def show(said: Said, folder: str) -> int:
    """A checklist as text, as data, or what changed in it."""
    from deskmate.domain.learning import told
    from deskmate.store.read import learning

    found = _the(said, folder, " ".join(said.words))
    with reading(folder) as conn:
        ever = revisions.revisions(conn, found.id)
    if said.has("--changes"):
        _show_changes(said, ever)
        return DONE
    number = said.value("--revision")
    if number is not None:
        found = _revision(said, ever, number)
    with reading(folder) as conn:
        better = [told(each) for each in learning.of_checklist(conn, found)]
    if said.has("--json"):
        with reading(folder) as conn:
            due = checklists.counts_now(conn, found.id)
        say_json(_json(found, len(ever)) | {"due": fields(due) if due else None, "suggestions": better})
        return DONE
    say(_written(found, folder).rstrip("\n"))
    narrate(f"revision {found.revision} of {ever[0].revision}")
    for each in better:
        narrate(f"could be better: {each}")
    return DONE


def restore(said: Said, folder: str) -> int:
    """Make an old revision the newest one again."""
    if len(said.words) < 2:
        raise said.wrong("Say which checklist, and the number of the revision.")
    found = _the(said, folder, " ".join(said.words[:-1]))
    with reading(folder) as conn:
        old = _revision(said, revisions.revisions(conn, found.id), said.words[-1])
    _carry_out(said, folder, SaveChecklist(found.name, old.content, found.id), found.id)
    return DONE


def drop(said: Said, folder: str) -> int:
    """Take a checklist off the list."""
    key = the_key(said, folder, " ".join(said.words))
    _carry_out(said, folder, DropChecklist(key), key)
    return DONE


def starters(said: Said, folder: str) -> int:
    """What one can begin with, or make those that are named."""
    from deskmate.formats.starters import starters as texts

    all_ = texts()
    if said.words:
        names = {word_of(each.name): each.name for each in all_}
        chosen = (
            [*names.values()] if said.words == ["all"] else [_named(word, names, "starter") for word in said.words]
        )
        _carry_out(said, folder, TakeStarters(tuple(chosen)))
        return DONE
    with reading(folder) as conn:
        there = revisions.keys(conn) if conn else {}
    if said.has("--json"):
        say_json_array(
            {
                "name": each.name,
                "due": each.schedule.get("when"),
                "items": len(each.content.items),
                "minutes": each.content.minutes,
                "taken": word_of(each.name) in there,
            }
            for each in all_
        )
        return DONE
    size = max(len(each.name) for each in all_)
    for each in all_:
        due = each.schedule.get("when", "for a request")
        taken = "   taken" if word_of(each.name) in there else ""
        say(f"{each.name:<{size}}  {len(each.content.items)} items  {each.content.minutes:>3} min  {due}{taken}")
    return DONE


def export(said: Said, folder: str) -> int:
    """Write checklists as text."""
    words = said.words
    if len(words) < (1 if said.has("--all") else 2):
        raise said.wrong("Say which checklist and which file, or --all and where to.")
    if said.has("--all"):
        if len(words) > 1:
            raise said.wrong("--all and a name do not go together.")
        with reading(folder) as conn:
            keys = revisions.keys(conn) if conn else {}
            found = [revisions.revisions(conn, key)[0] for _word, key in sorted(keys.items())]
        if not found:
            raise DeskmateError("There is no checklist yet.", "deskmate checklist starters shows some.")
    else:
        found = [_the(said, folder, " ".join(words[:-1]))]
    target = words[-1]
    if said.has("--all") and (os.path.isdir(target) or target.endswith(os.sep)):
        os.makedirs(target, exist_ok=True)
        files = {os.path.join(target, name): _written(each, folder) for name, each in _file_names(found)}
    else:
        files = {target: "\n".join(_written(each, folder) for each in found)}
    for path, text in files.items():
        _put(path, text)
    if target == STDIO:
        return DONE
    if said.has("--json"):
        say_json({"files": list(files), "checklists": [each.name for each in found]})
    else:
        for path in files:
            say(path)
    return DONE


def take_in(said: Said, folder: str) -> int:
    """Import checklists; those with a line that is not understood are left out, and each such line is named."""
    from deskmate.services.checklists import preview

    if not said.words:
        raise said.wrong("Say which file, or - for standard input.")
    texts = [(name, checklist_text.read(text_of(name))) for name in said.words]
    empty = [name for name, written in texts if not written]
    if empty:
        raise DeskmateError(f"{empty[0]} holds no checklist.", "It begins with # and its name. Nothing was changed.")
    broken = sum(_complain(name, written) for name, written in texts)
    whole = [each for _name, written in texts for each in written if not each.problems]
    left_out = [each.name for _name, written in texts for each in written if each.problems]
    command = ImportChecklists(tuple(map(_save, whole)))
    dry_run = said.has("--dry-run")
    if dry_run:
        with trying(folder) as desk:
            notes, label = preview(desk, command), "nothing was written"
    else:
        with opened(folder) as desk:
            outcome = desk.run(command)
        notes, label = outcome.notes, outcome.label
    if said.has("--json"):
        problems = [
            {"file": name, "line": problem.line, "text": problem.text, "reason": problem.why}
            for name, written in texts
            for each in written
            for problem in each.problems
        ]
        say_json({"dry_run": dry_run, "label": label, "notes": list(notes), "failed": problems})
    else:
        for note in notes:
            say(note)
        for name in left_out:
            narrate(f"left out: “{name}”" if name else "left out: one without a name")
        narrate(f"{label[0].upper()}{label[1:]}.")
    return REFUSED if broken else DONE


# --- finding -----------------------------------------------------------------------------------------------


def the_key(said: Said, folder: str, name: str) -> int:
    """The checklist that goes by this name, or by its clear beginning. Raises DeskmateError for none and several."""
    if not name:
        raise said.wrong("Say which checklist.")
    with reading(folder) as conn:
        known = revisions.keys(conn) if conn else {}
    key: int = _named(name, known, "checklist")
    return key


def _named(name: str, known: dict[str, Any], what: str) -> Any:
    word = word_of(name)
    found = [word] if word in known else [each for each in known if each.startswith(word)]
    if not found:
        there = (
            "deskmate checklist list shows what there is." if what == "checklist" else "Without a name, all of them."
        )
        raise DeskmateError(f"No {what} goes by “{name}”.{nearest(word, known)}", there)
    if len(found) > 1:
        raise DeskmateError(f"Several begin with “{name}”: {', '.join(found)}.", "Say more of the name.")
    return known[found[0]]


def _the(said: Said, folder: str, name: str) -> Checklist:
    key = the_key(said, folder, name)
    with reading(folder) as conn:
        return revisions.revisions(conn, key)[0]


def _revision(said: Said, ever: list[Checklist], typed: str) -> Checklist:
    found = [each for each in ever if str(each.revision) == typed]
    if not found:
        numbers = ", ".join(str(each.revision) for each in reversed(ever))
        raise said.wrong(f"There is no revision {typed}: there is {numbers}.")
    return found[0]


# --- text --------------------------------------------------------------------------------------------------


def _save(written: Written, key: int | None = None) -> SaveChecklist:
    """What a text says is to be kept. A text that was edited ends a schedule that it does not say any more."""
    schedule = written.schedule if written.schedule or key is not None else None
    return SaveChecklist(written.name, written.content, key, schedule)


def _written(found: Checklist, folder: str) -> str:
    """A checklist as text, with when it is due now."""
    with reading(folder) as conn:
        due = checklists.counts_now(conn, found.id)
    return checklist_text.write(found.name, found.content, fields(due) if due else None)


def _read_one(text: str) -> tuple[Written, list[Problem]]:
    written = checklist_text.read(text)
    if len(written) != 1:
        raise DeskmateError("One text is one checklist.", "deskmate checklist import takes any number of them.")
    return written[0], list(written[0].problems)


def _put(path: str, text: str) -> None:
    if path == STDIO:
        say(text.rstrip("\n"))
        return
    from deskmate.formats.replacing import replace

    try:
        replace(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise DeskmateError(f"{path} can not be written: {error.strerror}.") from None


def _file_names(found: Iterable[Checklist]) -> Iterable[tuple[str, Checklist]]:
    """A plain file name for each, no two the same."""
    given: set[str] = set()
    for each in found:
        plain = "".join(char if char.isalnum() else "-" for char in each.name.casefold())
        stem = "-".join(filter(None, plain.split("-")))[:80] or "checklist"
        name, number = f"{stem}.md", 1
        while name in given:
            number += 1
            name = f"{stem}-{number}.md"
        given.add(name)
        yield name, each


# --- saying ------------------------------------------------------------------------------------------------


def _complain(name: str, written: list[Written]) -> int:
    """Tell of every line that was not understood; how many there are."""
    return complain(name, [problem for each in written for problem in each.problems])


def _show_changes(said: Said, ever: list[Checklist]) -> None:
    from deskmate.domain.checklist_changes import changes

    only = said.value("--revision")
    shown = ever if only is None else [_revision(said, ever, only)]
    before = {each.revision: ever[place] for place, each in enumerate(ever[:-1], start=1)}
    told = [
        (each, changes(before[each.revision].content, each.content) if each.revision in before else [])
        for each in shown
    ]
    if said.has("--json"):
        say_json_array({"revision": each.revision, "made_at": each.made_at, "changes": lines} for each, lines in told)
        return
    for each, lines in told:
        say(f"revision {each.revision}, {each.made_at[:10]}" + ("" if lines else ": made"))
        for line in lines:
            say(f"  {line}")


def _json(found: Checklist, count: int) -> dict[str, Any]:
    content = found.content
    return {
        "id": found.id,
        "name": found.name,
        "revision": found.revision,
        "revisions": count,
        "made_at": found.made_at,
        "mode": str(content.mode),
        "about": content.about or None,
        "pause_point": content.pause_point or None,
        "minutes": content.minutes,
        "do_not_disturb": content.dnd,
        "items": [{name: _plain(value) for name, value in asdict(item).items()} for item in content.items],
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else None if value == "" else value


def _carry_out(said: Said, folder: str, command: Command, key: int = 0) -> None:
    with opened(folder) as desk:
        outcome = desk.run(command)
    if said.has("--json"):
        say_json({"id": key or outcome.made or None, "label": outcome.label, "notes": list(outcome.notes)})
        return
    say(outcome.label)
    for note in outcome.notes:
        narrate(note)
