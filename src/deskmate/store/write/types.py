"""How values stand on disk. Left alone, SQLModel stores the *names* of enums and times without a zone."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from deskmate.domain import instant


class Instant(TypeDecorator[str]):
    """An instant in its one text form; anything else is refused before it reaches the file."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Check the form. Raises ValueError."""
        if value is not None:
            instant.from_text(value)
        return value


class Value(TypeDecorator[Any]):
    """An enum stored as its value, whether text or number."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """INTEGER for number enums, TEXT for the others: what the STRICT tables say."""
        return dialect.type_descriptor(Integer() if issubclass(self.kind, int) else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The value of a member. Raises ValueError for what is no member."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The member of a stored value."""
        return None if value is None else self.kind(value)


class Flag(TypeDecorator[bool]):
    """A boolean stored as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """0 or 1."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """False or True."""
        return None if value is None else bool(value)
