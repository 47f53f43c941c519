"""``guide export`` and ``guide site``: guides as files for those who follow them."""

from __future__ import annotations

import os

from deskmate.cli.desks import opened, reading
from deskmate.cli.guides import the_key
from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.people import the_person
from deskmate.cli.words import choice, nearest
from deskmate.domain.enclosing import ENCLOSED, USUAL, Chosen
from deskmate.domain.guide import Content
from deskmate.domain.guiding import RecordSent
from deskmate.domain.person import Experience
from deskmate.domain.row import parse_label
from deskmate.domain.user_guide import OpenPlaceholders
from deskmate.errors import DONE, DeskmateError
from deskmate.services import guide_files, guide_sending, guide_site
from deskmate.services.guide_files import DRAFT, FORMS, Taken
from deskmate.store.read import people
from deskmate.store.read.detail import detail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.guiding import MadeGuide
    from deskmate.domain.person import Person
    from deskmate.services.desk import Desk
    from deskmate.services.guide_files import Form
    from deskmate.store.read.budget import Connection

_OVER = "--replace writes over it."


def export(said: Said, folder: str) -> int:
    """Write a guide as a file, and write down whom it was for."""
    key = the_key(said, folder, " ".join(said.words))
    form, revision = _form(said), _revision(said)
    with reading(folder) as conn:
        number, person = _reader(said, conn)
        experience = choice(said, "--experience", {each.value: each for each in Experience})
        experience = experience or (person.experience if person else None)
        content = guide_files.text_of(conn, key, revision)
        known = guide_files.known_values(conn, content, request=number, person=person.key if person else None)
        try:
            guide = guide_files.user_guide(
                *(conn, folder, key),
                values={**known, **_values(said, content)},
                experience=experience,
                revision=revision,
            )
        except OpenPlaceholders as error:
            options = " ".join(f"--set {name}=…" for name in error.names)
            raise DeskmateError(error.message, f"Nothing was written. Add {options}") from error
    try:
        paths = guide_files.export(guide, form, said.value("--to") or "", replace=said.has("--replace"))
    except Taken as error:
        raise DeskmateError(error.message, _OVER) from error
    label = ""
    if said.has("--for") and revision != DRAFT:
        command = RecordSent(key, form.name, number, person.key if person else None, experience, revision)
        with opened(folder) as desk:
            label = desk.run(command).label
    warning = guide_files.too_large(form, paths)
    if said.has("--json"):
        say_json({"files": paths, "form": form.name, "label": label or None, "warning": warning or None})
        return DONE
    say(paths[0])
    for words in filter(None, (label, warning)):
        narrate(words)
    return DONE


def site(said: Said, folder: str) -> int:
    """Write all published guides as a site."""
    if len(said.words) != 1:
        raise said.wrong("Say which folder.")
    with reading(folder) as conn:
        if conn is None:
            raise DeskmateError("There are no guides yet.", "deskmate guide new TITLE makes one.")
        found = guide_site.site_guides(conn, folder, _pairs(said))
    try:
        written = guide_site.export_site(found, said.words[0], replace=said.has("--replace"))
    except Taken as error:
        raise DeskmateError(error.message, _OVER) from error
    if said.has("--json"):
        say_json({"files": written.files, "removed": written.removed})
        return DONE
    say(written.files[0])
    gone = f"; removed {', '.join(map(os.path.basename, written.removed))}" if written.removed else ""
    narrate(f"{len(found)} guide{'s' * (len(found) != 1)}{gone}")
    return DONE


def guides_for(said: Said, folder: str, desk: Desk, number: int) -> list[MadeGuide]:
    """The guides that are to go with a reply, made and kept. Raises DeskmateError, such as for an open word."""
    conn = desk.writer.conn
    found = detail(conn, number)
    person = people.person(conn, (found and found.request.person_id) or 0)
    form = choice(said, "--form", {name: FORMS[name] for name in ENCLOSED}) or FORMS[USUAL]
    keys = [the_key(said, folder, name) for name in said.values("--guide")]
    contents = {key: guide_files.text_of(conn, key) for key in keys}
    named = {each.name: each for content in contents.values() for each in content.placeholders}
    wanted = _values(said, Content("", placeholders=tuple(named.values())))
    made = []
    for key, content in contents.items():
        values = {**guide_files.known_values(conn, content, request=number), **wanted}
        level = person.experience if person else None
        try:
            made.append(guide_sending.made(conn, desk.folder, Chosen(key, form.name, level, values)))
        except OpenPlaceholders as error:
            options = " ".join(f"--set {name}=…" for name in error.names)
            raise DeskmateError(error.message, f"Nothing was sent. Add {options}") from error
    return made


def language_of(conn: Connection, made: MadeGuide) -> str:
    """The language of a guide that was made."""
    return guide_files.text_of(conn, made.guide).language


def _form(said: Said) -> Form:
    """The form that is said, or the ending of the file says. Raises DeskmateError when its library is missing."""
    ending = os.path.splitext(said.value("--to") or "")[1].lower()
    form = choice(said, "--format", FORMS)
    form = form or next((each for each in FORMS.values() if ending and each.ending == ending), FORMS["html"])
    if form.missing:
        raise DeskmateError(f"{form.title} {form.missing}", "The HTML page can be printed, too.")
    return form


def _revision(said: Said) -> int | None:
    typed = said.value("--revision")
    if said.has("--draft"):
        if typed is not None:
            raise said.wrong("Say --draft or --revision, not both.")
        return DRAFT
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed)):
        raise said.wrong(f"“{typed}” is no number of a revision.")
    return int(typed)


def _reader(said: Said, conn: Connection) -> tuple[int | None, Person | None]:
    """Whom it is for: the number of a request and its requester, or a person."""
    word = said.value("--for")
    if word is None:
        return None, None
    number = parse_label(word) if word[:2].lower() == "d-" else None
    if number is None:
        return None, the_person(conn, word)
    found = detail(conn, number)
    if found is None:
        raise DeskmateError(f"There is no request {word}.", "Nothing was written.")
    return number, people.person(conn, found.request.person_id) if found.request.person_id else None


def _pairs(said: Said) -> dict[str, str]:
    found = {}
    for each in said.values("--set"):
        name, equals, word = each.partition("=")
        if not equals or not name.strip() or not word.strip():
            raise said.wrong(f"“{each}” says no word: --set name=Anna.")
        found[name.strip()] = word.strip()
    return found


def _values(said: Said, content: Content) -> dict[str, str]:
    """The words that are said for its placeholders. Raises UsageError for one it does not have, or that is secret."""
    known = {each.name: each for each in content.placeholders}
    found = _pairs(said)
    for name in found:
        if name not in known:
            raise said.wrong(f"This guide has no placeholder “{name}”.{nearest(name, known)}")
        if known[name].secret:
            raise said.wrong(f"“{name}” is secret: the guide leaves room for it, and you tell it.")
    return found
