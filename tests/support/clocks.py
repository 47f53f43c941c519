"""The clock on the wall, for tests in which nobody can be handed one: whoever asks what time it is now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from deskmate.domain import instant, local

FRIDAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""A working day with the door open, no change of the clock and no turn of a month near it."""


def put(monkeypatch: pytest.MonkeyPatch, start: datetime = FRIDAY) -> None:
    """Put this process's clock to a moment; it goes on from there. Other processes keep the real one."""
    ahead: timedelta = start - datetime.now(UTC)

    class Put(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

        @classmethod
        def fromisoformat(cls, text: str) -> datetime:  # type: ignore[override]
            return datetime.fromisoformat(text)

    for module in (instant, local):
        monkeypatch.setattr(module, "datetime", Put)
