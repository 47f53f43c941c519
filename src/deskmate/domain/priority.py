"""Impact, urgency and the priority that follows from them."""

from enum import IntEnum, StrEnum


class Impact(StrEnum):
    """Who is stuck."""

    ONE = "one"
    SEVERAL = "several"
    EVERYONE = "everyone"


class Urgency(StrEnum):
    """How badly."""

    WAIT = "can wait"
    SLOWED = "slowed"
    STUCK = "stuck"


class Priority(IntEnum):
    """P1 is the most pressing. Untriaged requests have no priority at all."""

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4

    @property
    def label(self) -> str:
        """As shown to people: ``P1`` to ``P4``."""
        return f"P{self.value}"


MATRIX = {
    (Impact.EVERYONE, Urgency.STUCK): Priority.P1,
    (Impact.EVERYONE, Urgency.SLOWED): Priority.P1,
    (Impact.EVERYONE, Urgency.WAIT): Priority.P3,
    (Impact.SEVERAL, Urgency.STUCK): Priority.P1,
    (Impact.SEVERAL, Urgency.SLOWED): Priority.P2,
    (Impact.SEVERAL, Urgency.WAIT): Priority.P4,
    (Impact.ONE, Urgency.STUCK): Priority.P2,
    (Impact.ONE, Urgency.SLOWED): Priority.P3,
    (Impact.ONE, Urgency.WAIT): Priority.P4,
}


def from_matrix(impact: Impact | None, urgency: Urgency | None) -> Priority | None:
    """The priority that impact and urgency lead to, or None until both are known."""
    if impact is None or urgency is None:
        return None
    return MATRIX[impact, urgency]


def shifted(priority: Priority | None, steps: int) -> Priority:
    """One step more pressing (``steps`` -1) or less (``+1``); an untriaged request counts as between P1 and P2.

    Raising an untriaged request gives P2, lowering it P3, and the ends hold.
    """
    if priority is None:
        return Priority.P2 if steps < 0 else Priority.P3
    return Priority(min(4, max(1, priority + steps)))


def parse_priority(text: str) -> Priority | None:
    """Read ``P2``, ``p2`` or ``2``; None for anything else."""
    digit = text.strip().lower().removeprefix("p")
    return Priority(int(digit)) if digit in ("1", "2", "3", "4") else None


def rank(priority: int | None) -> int:
    """The place in the queue: P1 first, then what nobody has looked at yet, then P2 to P4."""
    if priority is None:
        return 1
    return 0 if priority == Priority.P1 else int(priority)
