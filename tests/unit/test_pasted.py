"""Pastes: how much is too much."""

from __future__ import annotations

from deskmate.domain.pasted import is_large


def test_what_is_too_much_for_a_field() -> None:
    assert not is_large("a line\n" * 2_800)
    assert is_large("a line\n" * 2_900)
    assert is_large("ü" * 1_000 + "\n" + "ü" * 9_500)
    assert not is_large("x" * 2_000 + "\nx")
    assert is_large("x" * 2_001)
