"""Instants: one text form on disk, in which text order is time order.

The form is ``YYYY-MM-DDTHH:MM:SS.mmmZ``, always UTC, always 24 characters.
"""

from datetime import UTC, datetime

END_OF_TIME = "9999"
"""Sorts after every instant; stands for "never" in sort keys."""


def to_text(moment: datetime) -> str:
    """Write an aware moment in the stored form. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z".rjust(24, "0")


def from_text(text: str) -> datetime:
    """Read the stored form back as an aware UTC moment. Raises ValueError for anything else."""
    if len(text) != 24 or text[-1] != "Z":
        raise ValueError(f"not an instant: {text!r}")
    moment = datetime.fromisoformat(text)
    if to_text(moment) != text:  # weeks, a comma or a space are ISO 8601 too, but not in order as text
        raise ValueError(f"not an instant: {text!r}")
    return moment


def now() -> str:
    """This moment, in the stored form."""
    return to_text(datetime.now(UTC))
