"""Guides as files: the forms they go out in, what somebody gets of one, and where it is written.

Whatever is written is made of a ``UserGuide``, which has no room for anything internal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from deskmate.domain import instant
from deskmate.domain.files import size_text
from deskmate.domain.guide import Audience, Content, Guide, Source, Then
from deskmate.domain.person import Experience
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.domain.user_guide import UserGuide, project
from deskmate.errors import DeskmateError
from deskmate.formats import replacing
from deskmate.services import pictures
from deskmate.store.read import detail, guides, hours, people

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.store.read.budget import Connection

DRAFT = 0
"""In the place of a revision: what is not published yet, to be looked at."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form a guide can have: ``title`` says which, ``ending`` is that of its file, empty for a folder.

    ``library`` is what it needs besides deskmate itself, which ``extra`` brings.
    """

    name: str
    title: str
    ending: str
    write: Callable[[UserGuide], dict[str, bytes]]
    library: str = ""
    extra: str = ""

    @property
    def missing(self) -> str:
        """What has to be installed first; empty when nothing has."""
        from importlib.util import find_spec

        if not self.library or find_spec(self.library):
            return ""
        return f"needs one more library: pip install 'deskmate[{self.extra}]'"


def _html(guide: UserGuide) -> dict[str, bytes]:
    from deskmate.formats import guide_page

    return guide_page.write(guide)


def _pdf(guide: UserGuide) -> dict[str, bytes]:
    from deskmate.formats import guide_pdf

    return guide_pdf.write(guide)


def _docx(guide: UserGuide) -> dict[str, bytes]:
    from deskmate.formats import guide_docx

    return guide_docx.write(guide)


def _eml(guide: UserGuide) -> dict[str, bytes]:
    from deskmate.formats import guide_mail

    return guide_mail.write(guide)


def _markdown(guide: UserGuide) -> dict[str, bytes]:
    from deskmate.formats import guide_markdown

    return guide_markdown.write(guide)


FORMS = {
    form.name: form
    for form in (
        Form("html", "page for a browser, one file", ".html", _html),
        Form("pdf", "PDF", ".pdf", _pdf, "typst", "pdf"),
        Form("docx", "document for Word", ".docx", _docx, "docx", "docx"),
        Form("eml", "e-mail with its pictures", ".eml", _eml),
        Form("md", "folder of Markdown and pictures", "", _markdown),
    )
}
"""The forms by name. Their libraries are loaded when one is written."""


class Taken(DeskmateError):
    """Something else is where a guide would be written; ``paths`` says what. Nothing was written."""

    def __init__(self, paths: list[str]) -> None:
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        super().__init__(f"{paths[0]}{more} is there already.", "Nothing was written.")
        self.paths = paths


def user_guide(
    conn: Connection,
    folder: str,
    key: int,
    *,
    values: Mapping[str, str] = {},
    experience: Experience | None = None,
    audience: Audience = Audience.USER,
    revision: int | None = None,
) -> UserGuide:
    """What somebody gets of a guide: of its newest published text, unless another ``revision`` is named.

    ``values`` are the words for its placeholders. Raises Refused for what must not go out, OpenPlaceholders, and
    DeskmateError when a picture is not there any more.
    """
    guide, content = _text(conn, key, revision)
    leads_on = any(branch.then is Then.GUIDE for step in content.steps for branch in step.branches)
    return project(
        content,
        slug=guide.slug,
        pictures={picture.key: pictures.finished(folder, conn, picture) for picture in content.pictures},
        values=values,
        experience=experience,
        titles=guides.titles(conn, audience) if leads_on else {},
        checked_on=_local_date(conn, guide.checked_at),
        contact=hours.setting(conn, "urgent"),
        audience=audience,
    )


def text_of(conn: Connection, key: int, revision: int | None = None) -> Content:
    """The text that would go out. Raises Refused when there is none."""
    return _text(conn, key, revision)[1]


def known_values(
    conn: Connection, content: Content, *, request: int | None = None, person: int | None = None
) -> dict[str, str]:
    """The words that are known for the placeholders of a guide, from a request and a person; secrets never are."""
    found = detail.detail(conn, request) if request is not None else None
    who = people.person(conn, person if person is not None else (found and found.request.person_id) or 0)
    known = {
        Source.PERSON: who.name if who else found.who if found else "",
        Source.DEVICE: found.device if found else "",
        Source.REQUEST: label(found.request.number) if found else "",
        Source.ASK: "",
    }
    return {each.name: known[each.source] for each in content.placeholders if not each.secret and known[each.source]}


def export(guide: UserGuide, form: Form, target: str = "", *, replace: bool = False) -> list[str]:
    """Write a guide to ``target`` and return the paths of its files, the main one first.

    ``target`` is the file or the new folder; in a folder that is there, the guide gets a name of its own, unless that
    folder is an earlier export. Whoever may read the folder may read the guide. Raises Taken when something else is
    there, unless ``replace`` says that it goes.
    """
    made = form.write(guide)
    target = os.path.expanduser(target or os.curdir)
    if os.path.isdir(target) and (form.ending or not _is_export(target, made)):
        target = os.path.join(target, guide.slug + form.ending)
    if form.ending:
        found = {target: next(iter(made.values()))}
    else:
        found = {os.path.join(target, *name.split("/")): data for name, data in made.items()}
    taken = [path for path, data in found.items() if os.path.lexists(path) and replacing.read(path) != data]
    if taken and not replace:
        raise Taken(taken)
    try:
        if not form.ending and _is_export(target, made):
            _remove_earlier_pictures(target, set(found))
        for path, data in found.items():
            put(path, data)
    except OSError as error:
        name = error.filename or target
        raise DeskmateError(f"{name} can not be written: {error.strerror or type(error).__name__}.") from error
    return list(found)


def too_large(form: Form, paths: Sequence[str]) -> str:
    """What is to be said of a mail that servers may refuse; empty for anything else."""
    from deskmate.formats.guide_mail import LARGE

    size = os.path.getsize(paths[0]) if form.name == "eml" else 0
    if size <= LARGE:
        return ""
    return f"It has {size_text(size)}: many mail servers refuse more than {size_text(LARGE)}."


def put(path: str, data: bytes) -> None:
    """Write a file, and the folders on the way to it, to be read by whoever may read what it lies in."""
    folder = os.path.dirname(path) or os.curdir
    missing: list[str] = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder) or os.curdir
    mode = _mode_in(folder)
    for each in reversed(missing):
        os.mkdir(each)
        os.chmod(each, mode | 0o100 | (mode & 0o044) >> 2)
    replacing.replace(path, data, mode)


def _mode_in(folder: str) -> int:
    """The mode of a new file there. A folder in which anybody may write, such as that for temporary files, says
    nothing of who may read."""
    mode = os.stat(folder).st_mode
    return 0o600 if mode & 0o002 else 0o600 | mode & 0o044


def _is_export(folder: str, made: Mapping[str, bytes]) -> bool:
    """Whether the main file of a guide is in this folder already."""
    return os.path.isfile(os.path.join(folder, next(iter(made))))


def _remove_earlier_pictures(folder: str, written: set[str]) -> None:
    """Of an earlier export to this folder no picture stays that is not in the guide any more."""
    images = os.path.join(folder, "images")
    for name in os.listdir(images) if os.path.isdir(images) else ():
        stem, ending = os.path.splitext(name)
        path = os.path.join(images, name)
        if stem.isdigit() and ending in (".png", ".jpg") and path not in written:
            os.unlink(path)


def _text(conn: Connection, key: int, revision: int | None) -> tuple[Guide, Content]:
    guide = guides.guide(conn, key)
    if guide is None:
        raise Refused("This guide is not there any more.")
    if revision == DRAFT:
        return guide, guide.content
    found = guides.revisions(conn, key)
    if not found:
        raise Refused(f"“{guide.title}” is not published yet.", "Publish it first.")
    for each in found:
        if revision in (None, each.number):
            return guide, each.content
    raise Refused(f"“{guide.title}” has no revision {revision}.")


def _local_date(conn: Connection, at: str | None) -> str:
    if not at:
        return ""
    return instant.from_text(at).astimezone(hours.calendar(conn).zone).date().isoformat()
