"""What the screens ask of the store about runs of checklists."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from deskmate.store import files
from deskmate.store.read import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.domain.run import Run
    from deskmate.domain.steps import Step
    from deskmate.tui.gateway import Gateway


def run(gateway: Gateway, key: int) -> Run | None:
    """A run with all that came of it; None when it is not there any more."""
    return gateway.read_whole(runs.run, key)


def shown(gateway: Gateway, key: int) -> tuple[Run, tuple[Step, ...], str | None] | None:
    """A run, the items of it that have a day, and by when its request is needed."""
    return gateway.read_whole(runs.shown, key)


def open_for(gateway: Gateway, numbers: Sequence[int]) -> tuple[Run, ...]:
    """The runs for these requests that go on."""
    return gateway.read_whole(runs.open_for, numbers)


def found_by(gateway: Gateway, number: int) -> tuple[tuple[int, int], ...]:
    """Of which items in which runs a request came."""
    return gateway.read_whole(runs.found_by, number)


def led_to(gateway: Gateway, number: int) -> tuple[tuple[int, str], ...]:
    """The same in words, the last first."""
    return gateway.read_whole(runs.led_to, number)


def to_begin(gateway: Gateway) -> list[tuple[int, str, bool, bool]]:
    """The checklists in the order to offer them for a request, with whether they have a schedule, and days."""
    return gateway.read_whole(runs.to_begin)


def said(gateway: Gateway, checklist: int) -> str:
    """When a checklist is due, as it was said; empty where it has no schedule."""
    return gateway.read_whole(runs.said, checklist)


def open_runs(gateway: Gateway) -> tuple[Run, ...]:
    """All that were begun and have not ended."""
    return gateway.read_whole(runs.open_runs)


def open_of(gateway: Gateway, checklist: int) -> Run | None:
    """The run of a checklist that goes on."""
    return gateway.read_whole(runs.open_of, checklist)


def names(gateway: Gateway) -> list[tuple[int, str]]:
    """The checklists there are, by name."""
    return gateway.read_whole(runs.names)


def standing(gateway: Gateway, checklist: int) -> tuple[str, str] | None:
    """The nominal time of what is open or comes next, and from when on doing it counts; None without a schedule."""
    return gateway.read_whole(runs.standing, checklist)


def counts_for(gateway: Gateway, checklist: int, at: str) -> str | None:
    """The nominal time a run counts for that is begun at a stored instant; None where that would be ad hoc."""
    found = standing(gateway, checklist)
    return found[0] if found is not None and at >= found[1] else None


def lost(gateway: Gateway, run: Run) -> frozenset[str]:
    """The digests of evidence that is not among the kept files any more, or not as it was."""
    return frozenset(each.digest for each in run.evidence if not _is_there(gateway.folder, each.digest, each.size))


def _is_there(folder: str, digest: str, size: int) -> bool:
    try:
        return os.stat(files.path_of(folder, digest)).st_size == size
    except OSError:
        return False
