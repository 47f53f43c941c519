"""What is done to requests: each word is one command, and one undo step however many requests it names."""

from __future__ import annotations

from deskmate.cli import choices
from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.words import choice, numbers, text_from_stdin
from deskmate.domain import commands
from deskmate.domain.priority import parse_priority
from deskmate.domain.promise import Fate
from deskmate.domain.row import label
from deskmate.domain.status import DropReason
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.paths import database
from deskmate.services.desk import Desk
from deskmate.store.connection import check_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command

_REASONS = {
    "--spam": DropReason.SPAM,
    "--duplicate": DropReason.DUPLICATE,
    "--nothing": DropReason.NOTHING,
    "--rules": DropReason.RULES,
}
_STEPS = {"+": -1, "-": 1}


def note(said: Said, folder: str) -> int:
    """Add an internal note."""
    wanted = numbers(said, said.words[:1])
    text = text_from_stdin() if said.words[1:] == ["-"] else " ".join(said.words[1:])
    if not text.strip():
        raise said.wrong("There is nothing to note.")
    for word in said.kept:
        narrate(f"“{word}” is no option of note, so it is text.")
    return carry_out(commands.AddNote(wanted, text), said, folder)


def priority(said: Said, folder: str) -> int:
    """Set, raise or lower the priority, or let it follow from impact and urgency."""
    impact = choice(said, "--impact", choices.IMPACT)
    urgency = choice(said, "--urgency", choices.URGENCY)
    command: Command
    if impact is not None and urgency is not None:
        command = commands.Judge(numbers(said, said.words), impact, urgency)
    elif impact is not None or urgency is not None:
        raise said.wrong("--impact and --urgency belong together.")
    else:
        level = said.words[-1] if len(said.words) > 1 else ""
        wanted = numbers(said, said.words[:-1] if level else said.words)
        named = parse_priority(level)
        if named is not None:
            command = commands.SetPriority(wanted, named)
        elif level in _STEPS:
            command = commands.ShiftPriority(wanted, _STEPS[level])
        else:
            what = f"“{level}” is no priority" if level else "There is no priority"
            raise said.wrong(f"{what}: say P1, P2, P3, P4, + or -.")
    return carry_out(command, said, folder)


def tag(said: Said, folder: str) -> int:
    """Add and remove tags."""
    add = tuple(said.values("--add"))
    remove = tuple(name.lstrip("#") for name in said.values("--remove"))
    if not add and not remove:
        raise said.wrong("Say which tag to add or remove.")
    return carry_out(commands.Tag(numbers(said, said.words), add, remove), said, folder)


def resolve(said: Said, folder: str) -> int:
    """It is done."""
    from deskmate.cli import promising

    outcome = choice(said, "--outcome", choices.OUTCOME)
    fate = choice(said, "--promise", {each.value: each for each in Fate})
    going = choice(said, "--checklist", {"finish": Fate.KEEP, "move": Fate.MOVE, "drop": Fate.DROP})
    wanted = numbers(said, said.words)
    check_at = promising.when_said(said, "--check-back", folder) if said.has("--check-back") else None
    words = said.value("--text") or ""
    code = carry_out(commands.Resolve(wanted, words, outcome, fate, check_at, going), said, folder)
    for number, rest in promising.runs_of(folder, wanted):
        narrate(f"{label(number)}: {rest}.")
    for each in promising.open_on(folder, wanted):
        narrate(f"{label(each.request)}: still promised: {promising.in_words(each)}.")
    return code


def reopen(said: Said, folder: str) -> int:
    """Back to work."""
    return carry_out(commands.Reopen(numbers(said, said.words)), said, folder)


def drop(said: Said, folder: str) -> int:
    """Put aside for good."""
    reasons = [reason for option, reason in _REASONS.items() if said.has(option)]
    if len(reasons) > 1:
        raise said.wrong("Say one reason.")
    reason = reasons[0] if reasons else DropReason.NOTHING
    return carry_out(commands.Drop(numbers(said, said.words), reason), said, folder)


def carry_out(command: Command, said: Said, folder: str) -> int:
    """Run a command on what is there and say what it came to: 1 when some of the requests refused it."""
    check_there(getattr(command, "requests", ()), said, folder)
    return run(command, said, folder)


def run(command: Command, said: Said, folder: str) -> int:
    """Run a command and say what it came to, also where it is the first in this folder."""
    desk = Desk(folder, actor="shell")
    try:
        outcome = desk.run(command)
    finally:
        desk.close()
    if said.has("--json"):
        say_json(
            {
                "requests": [label(number) for number in outcome.requests],
                "label": outcome.label,
                "refused": list(outcome.refused),
            }
        )
    else:
        say(outcome.label)
    for note in outcome.notes:
        narrate(note)
    for reason in outcome.refused:
        narrate(reason)
    return REFUSED if outcome.refused else DONE


def check_there(wanted: tuple[int, ...], said: Said, folder: str) -> None:
    """Raise DeskmateError where nothing was ever captured: a question about nothing makes no database."""
    if check_file(database(folder)) == 0:
        if not wanted:
            raise DeskmateError(f"There is nothing to {said.word.name}.")
        raise DeskmateError(f"There is no {label(wanted[0])}.", "Nothing was captured here so far.")
