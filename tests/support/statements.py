"""One memory of compiled statements for all desks of a test process.

SQLAlchemy compiles a statement once for each engine. An app has one engine, a worker of the tests thousands, one
for each desk, and would compile the same dozen statements over and over.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlalchemy import Engine

from deskmate.store.write import unit_of_work

_shared: list[tuple[Any, Any]] = []
"""The dialect of the first engine and what it has compiled."""


def _create_engine(*args: Any, **options: Any) -> Engine:
    engine = sqlalchemy.create_engine(*args, **options)
    if not _shared:
        _shared.append((engine.dialect, engine._compiled_cache))
    engine.dialect, engine._compiled_cache = _shared[0]
    return engine


def share() -> None:
    """Let every desk opened from now on use what the ones before it have compiled."""
    unit_of_work.create_engine = _create_engine
