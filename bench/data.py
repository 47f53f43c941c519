"""Desks to measure on: as many requests as wanted, alike in every run, written by deskmate's own bulk writer."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskmate.domain import instant
from deskmate.domain.channel import Channel
from deskmate.domain.imported import ImportRow
from deskmate.domain.priority import Impact, Urgency
from deskmate.domain.status import Status
from deskmate.paths import APP
from deskmate.store import bulk, migrate

SEED = 20_261_120
END = datetime(2026, 11, 20, 16, tzinfo=UTC)
CHUNK = 25_000
PEOPLE = 300
OPEN, UNTRIAGED, DATED = 0.2, 0.3, 0.1
"""Shares: open among all, untriaged among the open, with a needed-by date among the open."""

_THINGS = (
    "printer printer printer laptop laptop mail mail vpn password password screen keyboard mouse docking-station"
    " calendar scanner projector phone headset teams outlook excel browser share drive badge wifi network licence"
    " account certificate backup update server intranet timesheet payroll booking-system camera battery charger"
).split()
_FAULTS = (
    "does not start|is slow since the update|asks for a password again|shows an error|prints blank pages|is offline"
    "|was locked|loses the connection|is missing|needs to be replaced|can not be opened|is full|makes a noise"
    "|stopped in the middle of a meeting|is not recognised|expired|is stuck|works only at the second try"
).split("|")
_PLACES = (
    "on the second floor|in room 214|in the workshop|at home|in accounting|at the front desk|in the meeting room"
    "|after the holiday|since this morning|in building B|on the train|in the lab|for everyone here"
).split("|")
_WORDS = (
    "hello since yesterday the and when I try to open it there is a message that says something about the server"
    " please have look because we need this for the customer tomorrow already restarted twice but nothing"
    " changed colleague next door has same problem thanks in advance it worked fine last week maybe"
    " update was installed over night error code screen stays black cable checked light is green printed report"
    " invoice quarter meeting presentation urgent"
).split()
_FIRST = (
    "Anna Ben Clara David Elena Farid Greta Hugo Ines Jonas Katja Lars Mira Nils Olga Paul Quentin Rosa Sven Tara Uwe"
    " Vera Walid Xenia Yusuf Zoe"
).split()
_LAST = (
    "Albrecht Becker Castillo Dietz Engel Fischer Gruber Haas Ivanov Jansen Keller Lindgren Moreau Novak Okafor"
    " Peters Quist Richter Santos Tanaka Ullmann Vogel Winter Xu Yilmaz Zimmer"
).split()
_TAGS = "printer vpn onboarding hardware mail access network urgent-customer move licence wifi security".split()


@dataclass(frozen=True, slots=True)
class Scale:
    """A number of requests and how it is spoken of."""

    name: str
    requests: int


def scale(name: str) -> Scale:
    """``1k``, ``10k``, ``1M`` or plain digits."""
    factor = {"k": 1_000, "M": 1_000_000}.get(name[-1:], 1)
    digits = name if factor == 1 else name[:-1]
    if not digits.isdecimal() or not int(digits):
        raise SystemExit(f"bench: {name!r} is no size; 1k, 10k, 100k and 1M are.")
    return Scale(name, int(digits) * factor)


def desk(root: Path, size: Scale, share_open: float = OPEN) -> Path:
    """The data folder with so many requests, made the first time it is asked for.

    It lies where a user's default folder would be when ``XDG_DATA_HOME`` is the folder above it. Its name
    says what made it: another schema or another generator makes another.
    """
    home = root / f"{size.name}{'' if share_open == OPEN else '-open'}-{_recipe()}"
    if (home / APP).is_dir():
        return home / APP
    building = root / f"{home.name}.{os.getpid()}.new"
    shutil.rmtree(building, ignore_errors=True)
    _build(building / APP, size.requests, share_open)
    building.rename(home)
    return home / APP


def rows(count: int, seed: int = SEED, share_open: float = OPEN) -> Iterator[ImportRow]:
    """So many requests, the oldest first, as an import would bring them."""
    chance = random.Random(seed)
    people = _people()
    begin = END - timedelta(days=900)
    step = (END - begin) / count
    for index in range(count):
        yield _row(chance, people, index, begin + step * index, share_open)


def _recipe() -> str:
    """A few digits that change with this file and with the schema."""
    files = [Path(__file__), *sorted(Path(migrate.SCHEMA).glob("*.sql"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _build(folder: Path, count: int, share_open: float) -> None:
    writer = migrate.ready(str(folder))
    conn = writer.conn
    # Nobody waits for these to be on disk, and at a million rows the cache decides how long it takes.
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA cache_size = -400000")
    conn.execute("PRAGMA wal_autocheckpoint = 20000")
    source, at = rows(count, share_open=share_open), instant.to_text(END)
    for number, start in enumerate(range(0, count, CHUNK)):
        chunk = [next(source) for _ in range(min(CHUNK, count - start))]
        with writer.transaction() as inside:
            bulk.write(
                inside,
                f"bench {number}",
                bulk.plan(inside, f"bench {number}", chunk),
                at=at,
                chase_at=at,
                actor="bench",
            )
    _give_dates(writer, count)
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.close()


def _give_dates(writer: migrate.Writer, count: int) -> None:
    """Needed-by dates, which an import has no column for: for some of the open, around the end of the data."""
    chance = random.Random(SEED + 1)
    with writer.transaction() as conn:
        opened = [number for (number,) in conn.execute("SELECT id FROM request WHERE shelf = 'now' ORDER BY id")]
        dated = chance.sample(opened, int(len(opened) * DATED))
        dates = (instant.to_text(END + timedelta(minutes=chance.randint(-3_000, 30_000))) for _ in dated)
        conn.executemany(
            "UPDATE request SET needed_by = ?1, due_at = ?1, due_kind = 'n', due_key = ?1 WHERE id = ?2",
            zip(dates, dated, strict=True),
        )


def _row(
    chance: random.Random, people: list[tuple[str, str]], index: int, moment: datetime, share_open: float
) -> ImportRow:
    title = f"{chance.choice(_THINGS)} {chance.choice(_FAULTS)} {chance.choice(_PLACES)}".capitalize()
    body = " ".join(chance.choices(_WORDS, k=chance.choice((0, 12, 20, 35, 60))))
    is_open = chance.random() < share_open
    triaged = not is_open or chance.random() >= UNTRIAGED
    status = (Status.OPEN if triaged else Status.NEW) if is_open else Status.RESOLVED
    if not is_open and chance.random() < 0.1:
        status = Status.CLOSED
    created = instant.to_text(moment)
    ended = None if is_open else instant.to_text(moment + timedelta(minutes=chance.randint(5, 6_000)))
    name, email = chance.choice(people)
    tags = tuple(sorted(chance.sample(_TAGS, k=chance.choice((0, 0, 0, 1, 1, 2)))))
    return ImportRow(
        line=index + 2,
        origin=str(index),
        title=title,
        body=body,
        created_at=created,
        updated_at=ended or created,
        resolved_at=ended,
        status=status,
        priority=chance.choice((1, 2, 2, 3, 3, 3, 3, 4, 4)) if triaged else None,
        impact=chance.choice((Impact.ONE, Impact.ONE, Impact.SEVERAL, Impact.EVERYONE)) if triaged else None,
        urgency=chance.choice((Urgency.WAIT, Urgency.SLOWED, Urgency.STUCK)) if triaged else None,
        requester=name,
        email=email,
        channel=chance.choice((Channel.MAIL, Channel.MAIL, Channel.PHONE, Channel.DOOR, Channel.CHAT)),
        category=None,
        device=None,
        tags=tags,
        raw=f'{{"id":"{index}","title":"{title}","body":"{body}","requester":"{name}"}}',
        digest=f"{index:064x}",
    )


def _people() -> list[tuple[str, str]]:
    chance = random.Random(SEED)
    pairs = [(first, last) for first in _FIRST for last in _LAST]
    return [
        (f"{first} {last}", f"{first}.{last}@example.org".lower()) for first, last in chance.sample(pairs, PEOPLE)
    ]
