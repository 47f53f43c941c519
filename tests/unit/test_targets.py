"""Targets as they are typed: what is said reads back as the same, what can not be is named."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.priority import Priority
from deskmate.domain.sla import TARGETS, Target, Targets
from deskmate.domain.targets import changed, parse_length, spoken, typed
from deskmate.domain.values import WrongValues

lengths = st.integers(1, 366 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(st.tuples(lengths, lengths).map(sorted), st.booleans())
def test_what_is_typed_reads_back_as_the_same(both: list[timedelta], always: bool) -> None:
    targets = Targets(Target(both[0], always), Target(both[1], always))
    assert changed(TARGETS[Priority.P1], typed(targets)) == targets


def test_lengths_are_typed_as_one_says_them() -> None:
    for text in ("90m", "90 min", "1h30m", "1 h 30 min", "1 hour 30 minutes"):
        assert parse_length(text) == timedelta(minutes=90)
    assert spoken(TARGETS[Priority.P1]) == "first answer 30 min, solved 4 h, office hours"


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ({"response": "soon", "clock": "never"}, ["response", "clock"]),
        ({"response": "30"}, ["response"]),
        ({"resolve": "0 min"}, ["resolve"]),
        ({"resolve": "9999h"}, ["resolve"]),
        ({"resolve": "10 min"}, ["resolve"]),
        ({"response": "5 h"}, ["response"]),
    ],
)
def test_what_can_not_be_is_named(said: dict[str, str], problems: list[str]) -> None:
    with pytest.raises(WrongValues) as wrong:
        changed(TARGETS[Priority.P1], said)
    assert list(wrong.value.problems) == problems
