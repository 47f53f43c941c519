"""``guide walks``, and what a person's card says of guides."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain.guiding import EndWalk, MarkStep, StartWalk
from deskmate.domain.walk import StepVerdict, WalkOutcome
from tests.cli.conftest import Shell
from tests.support.desks import opened
from tests.support.guides import written


@pytest.fixture
def walked(shell: Shell, desk_folder: Path) -> Shell:
    """A guide, walked through by Ada with D-1, and again; that goes on."""
    shell("person", "add", "Ada Weber")
    shell("add", "no drives", "--from", "ada")
    with opened(desk_folder) as desk:
        guide = written(desk)
        key = desk.run(StartWalk(guide, 1)).made
        desk.run(MarkStep(key, StepVerdict.DONE))
        desk.run(MarkStep(key, StepVerdict.FAILED, "old \x1b[2J one"))
        desk.run(MarkStep(key, StepVerdict.DONE))
        desk.run(EndWalk(key, WalkOutcome.SOLVED))
        desk.run(StartWalk(guide))
    return shell


def test_the_figures_of_a_guide_and_each_walk_through(walked: Shell) -> None:
    lines = walked("guide", "walks", "vpn").out.splitlines()
    assert lines[0] == "Connect to the VPN"
    assert lines[1] == "  used 1, works 1 of 1"
    assert lines[2].endswith("estimate 10 min")
    assert lines[3] == "  step 2 fails in 1 of 1"
    assert "goes on, step 1 of 3" in lines[4]
    assert "D-1  Ada Weber  solved" in lines[5]
    assert lines[5].endswith("step 2 failed")
    found = walked("guide", "walks", "vpn", "--json").json
    assert (found["used"], found["solved"], found["estimate_minutes"]) == (1, 1, 10)
    assert [each["failed"] for each in found["steps"]] == [0, 1, 0]
    assert [each["outcome"] for each in found["walks"]] == [None, "solved"]
    assert [each["verdict"] for each in found["walks"][1]["steps"]] == ["done", "failed", "done"]


def test_what_somebody_has_done_stands_on_the_card_and_nothing_of_it_is_public(walked: Shell) -> None:
    assert "  has done: Connect to the VPN, alone" in walked("person", "show", "ada").out
    (guide,) = walked("person", "show", "ada", "--json").json["guides"]
    assert (guide["guide"], guide["how"]) == ("Connect to the VPN", "alone")
    shown = walked("show", "D-1")
    assert "failed at 2 Type your name" in shown.out
    assert "\x1b" not in shown.out
    assert "VPN" not in walked("show", "D-1", "--public").out
