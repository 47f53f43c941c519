"""Making, changing and publishing guides, each as one undo step."""

from __future__ import annotations

from dataclasses import replace

from deskmate.domain import guide as rules
from deskmate.domain import instant
from deskmate.domain.commands import Outcome
from deskmate.domain.guide import Content
from deskmate.domain.guiding import (
    ArchiveGuide,
    DropGuide,
    DropTerm,
    ImportGuides,
    PublishGuide,
    RestoreRevision,
    ReviewGuide,
    SaveGuide,
    SaveTerm,
)
from deskmate.domain.request import Refused
from deskmate.domain.text import NAME_LIMIT
from deskmate.domain.values import one_line
from deskmate.services.workspace import Workspace
from deskmate.store import files, purged
from deskmate.store.read import guides
from deskmate.store.write.guide_tables import GuideRevisionRow, GuideRow, TermRow
from deskmate.store.write.unit_of_work import UnitOfWork


def save(workspace: Workspace, command: SaveGuide, draft: str = "") -> Outcome:
    """Make a guide, or change the draft of one.

    Raises Refused for what makes no guide, for a title that is another's, when it was changed by somebody else since
    and when nothing would change.
    """
    with workspace.unit_of_work(command.name) as work:
        key, what = _saved(workspace, work, command)
        if not what:
            raise Refused(f"“{command.content.title}” is like that already.")
        work.drop_draft(draft)
        label = command.what or what
        return Outcome(work.finish(label), label, (), made=key)


def take_in(workspace: Workspace, command: ImportGuides, draft: str = "") -> Outcome:
    """Take in guides by their titles. What is like that already stays as it is."""
    with workspace.unit_of_work(command.name) as work:
        notes: list[str] = []
        changed = 0
        for content in command.contents:
            key = next((key for key, title in guides.named(work.conn, content.title) if _same(title, content)), None)
            what = _saved(workspace, work, SaveGuide(content, key))[1]
            changed += bool(what)
            title = rules.tidy(content).title
            notes.append(f"unchanged: “{title}”" if not what else f"new: “{title}”" if key is None else what)
        if not changed:
            return Outcome(0, "nothing changed", (), notes=tuple(notes))
        label = f"imported {changed} guide{'s' if changed > 1 else ''}"
        return Outcome(work.finish(label), label, (), notes=tuple(notes))


def publish(workspace: Workspace, command: PublishGuide, draft: str = "") -> Outcome:
    """Keep the draft as a new revision. Raises Refused for what must not go out, and when nothing is new."""
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.key)
        content = purged.content(work.conn, row.draft)
        why = rules.why_not_published(content)
        if why:
            raise Refused(why, "Nothing was published.")
        _check_files(workspace, content)
        before = guides.revisions(work.conn, command.key)
        if before and before[0].content == content:
            raise Refused(f"“{row.title}” is published as it is.", "Change something first.")
        number = guides.last_number(work.conn, command.key) + 1
        work.add(
            GuideRevisionRow(
                guide_id=command.key,
                number=number,
                made_at=work.clock,
                reason=one_line(command.reason),
                title=content.title,
                content=rules.packed(content),
                digest=rules.digest_of(content),
            )
        )
        work.edit(row, checked_at=work.clock, review_by=_next_look(work, content))
        work.drop_draft(draft)
        label = f"published “{row.title}”, revision {number}"
        return Outcome(work.finish(label), label, (), made=command.key)


def restore(workspace: Workspace, command: RestoreRevision, draft: str = "") -> Outcome:
    """Make the draft what a revision says."""
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.key)
        found = next(
            (each for each in guides.revisions(work.conn, command.key) if each.number == command.number), None
        )
        if found is None:
            raise Refused(f"“{row.title}” has no revision {command.number}.")
        _, what = _saved(workspace, work, SaveGuide(found.content, command.key))
        if not what:
            raise Refused(f"“{row.title}” says what revision {command.number} does already.")
        work.drop_draft(draft)
        label = f"“{row.title}” is as it was in revision {command.number}"
        return Outcome(work.finish(label), label, (), made=command.key)


def archive(workspace: Workspace, command: ArchiveGuide, draft: str = "") -> Outcome:
    """Put a guide aside, or take it up again."""
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.key)
        if not work.edit(row, archived=command.archived):
            raise Refused(f"“{row.title}” is {'put aside' if row.archived else 'in use'} already.")
        work.drop_draft(draft)
        label = f"{'put' if command.archived else 'took'} “{row.title}” {'aside' if command.archived else 'up again'}"
        return Outcome(work.finish(label), label, ())


def drop(workspace: Workspace, command: DropGuide, draft: str = "") -> Outcome:
    """Take a guide away."""
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.key)
        work.edit(row, void=True)
        work.drop_draft(draft)
        label = f"dropped “{row.title}”"
        return Outcome(work.finish(label), label, ())


def review(workspace: Workspace, command: ReviewGuide, draft: str = "") -> Outcome:
    """Somebody looked, and it is still true."""
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.key)
        content = purged.content(work.conn, row.draft)
        work.edit(row, checked_at=work.clock, review_by=command.review_by or _next_look(work, content))
        work.drop_draft(draft)
        label = f"“{row.title}” is still true"
        return Outcome(work.finish(label), label, ())


def save_term(workspace: Workspace, command: SaveTerm, draft: str = "") -> Outcome:
    """Say a word of the trade in plain words, or that it needs none."""
    with workspace.unit_of_work(command.name) as work:
        term, plain = one_line(command.word), one_line(command.plain)
        if not term:
            raise Refused("A word is missing.")
        word = rules.word_of(term)
        row = _term(work, word)
        if row is None:
            work.add(TermRow(term=term, word=word, plain=plain))
        elif not work.edit(row, term=term, plain=plain):
            raise Refused(f"“{term}” is said like that already.")
        work.drop_draft(draft)
        label = f"“{term}”: {plain or 'needs no plain words'}"
        return Outcome(work.finish(label), label, ())


def drop_term(workspace: Workspace, command: DropTerm, draft: str = "") -> Outcome:
    """Take a word off the glossary."""
    with workspace.unit_of_work(command.name) as work:
        row = _term(work, rules.word_of(command.word))
        if row is None:
            raise Refused(f"“{command.word}” is not in the glossary.")
        work.edit(row, void=True)
        work.drop_draft(draft)
        label = f"took “{row.term}” off the glossary"
        return Outcome(work.finish(label), label, ())


def _saved(workspace: Workspace, work: UnitOfWork, command: SaveGuide) -> tuple[int, str]:
    """Its key, and what was done in words; that is empty when it is like that already."""
    content = rules.tidy(command.content)
    why = rules.why_not(content)
    if why:
        raise Refused(why)
    same = [key for key, title in guides.named(work.conn, content.title) if _same(title, content)]
    if same and command.key not in same:
        raise Refused(f"“{content.title}” is a guide already.", "Choose another title.")
    _check_files(workspace, content)
    if command.key is None:
        row = work.add(
            GuideRow(
                title=content.title,
                word=rules.word_of(content.title),
                slug=_slug(work, content.title),
                draft=rules.packed(content),
                made_at=work.clock,
            )
        )
        return row.id or 0, f"new guide “{content.title}”"
    row = _row(work, command.key)
    if command.version is not None and row.version != command.version:
        raise Refused(f"“{row.title}” was changed elsewhere meanwhile.", "What you typed is kept. Look at it first.")
    slug = row.slug
    if row.title != content.title and not guides.is_slug_used(work.conn, command.key, slug):
        slug = _slug(work, content.title, command.key)
    changed = work.edit(
        row, title=content.title, word=rules.word_of(content.title), slug=slug, draft=rules.packed(content)
    )
    return command.key, f"changed “{content.title}”" if changed else ""


def add(workspace: Workspace, work: UnitOfWork, content: Content) -> tuple[int, str]:
    """Make a guide within a change of something else; its title gets a number when there is one of it already."""
    title, number = content.title, 1
    while any(_same(known, content) for _, known in guides.named(work.conn, content.title)):
        number += 1
        content = replace(content, title=f"{title} ({number})")
    return _saved(workspace, work, SaveGuide(content))[0], content.title


def _check_files(workspace: Workspace, content: Content) -> None:
    for picture in content.pictures:
        files.check(workspace.folder, picture.file)


def _next_look(work: UnitOfWork, content: Content) -> str | None:
    """The local date of the next look."""
    today = instant.from_text(work.clock).astimezone(work.calendar.zone).date()
    found = rules.next_look(content.review_months, today)
    return found.isoformat() if found else None


def _slug(work: UnitOfWork, title: str, key: int | None = None) -> str:
    """A name for files and links that no other guide than that of ``key`` has."""
    taken = {slug for slug, whose in guides.slugs(work.conn).items() if whose != key}
    slug = base = rules.slug_of(title[:NAME_LIMIT])
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _same(title: str, content: Content) -> bool:
    return rules.word_of(title) == rules.word_of(content.title)


def _row(work: UnitOfWork, key: int) -> GuideRow:
    row = work.get(GuideRow, key)
    if row is None or row.void:
        raise Refused("This guide is not there any more.")
    return row


def _term(work: UnitOfWork, word: str) -> TermRow | None:
    found = work.conn.execute("SELECT id FROM term WHERE word = ? AND void = 0", (word,)).fetchone()
    return work.get(TermRow, found[0]) if found else None
