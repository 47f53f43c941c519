"""What the past of a checklist comes to: the share in time, and absences as one line each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deskmate.domain.check_record import Gap, gap_text, record
from deskmate.domain.occurrence import Occurrence, Stage
from deskmate.domain.proof import Absence

LETTERS = {
    "d": Stage.DONE, "l": Stage.LATE, "m": Stage.MISSED, "s": Stage.SKIPPED, "e": Stage.EXCUSED, "o": Stage.DUE,
    "+": Stage.MERGED,
}  # fmt: skip


def history(letters: str) -> list[Occurrence]:
    """An occurrence for each letter, from 3 November on."""
    found = []
    for ahead, letter in enumerate(letters):
        nominal = datetime(2026, 11, 3) + timedelta(ahead)
        due = nominal.replace(tzinfo=UTC)
        found.append(Occurrence(nominal, due, due, due, LETTERS[letter]))
    return found


def day(number: int) -> datetime:
    return datetime(2026, 11, number)


def test_what_was_excused_counts_nowhere_and_late_is_half() -> None:
    found = record(history("ddlmeesddo"), ())
    assert found.score.share == (4 + 0.5) / 6
    assert found.row == 2
    assert record(history("ees"), ()).score.share is None


def test_an_absence_is_one_line_whatever_was_excused_in_it() -> None:
    found = record(history("mmemdmdm+m"), [Absence(day(8), day(8), "moved"), Absence(day(3), day(4), "ill")]).gaps
    assert found == (
        Gap(day(12), day(12), 1),
        Gap(day(10), day(10), 1),
        Gap(day(8), day(8), 1, "moved"),
        Gap(day(3), day(6), 3, "ill"),
    )
    assert gap_text(found[-1]) == "3 missed 3 Nov to 6 Nov: ill"
    assert gap_text(found[0]) == "1 missed 12 Nov, no word yet"


def test_the_last_word_on_an_absence_counts() -> None:
    said = [Absence(day(4), day(5), "at the fair"), Absence(day(3), day(5), "ill")]
    assert [gap.note for gap in record(history("mmmd"), said).gaps] == ["at the fair"]
