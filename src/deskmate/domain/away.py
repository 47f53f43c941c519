"""One line about being away: what everybody may read, and when one is back.

with a colleague, back 10:40        at the dentist, until tomorrow 9:00        back 14h        lunch
"""

from __future__ import annotations

from datetime import datetime

from deskmate.domain import when
from deskmate.domain.text import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.calendar import Calendar

_LEADING = ("back at ", "back on ", "back ", "until ")


def parse(line: str, now: datetime, calendar: Callable[[], Calendar] = when.built_in) -> tuple[str, datetime | None]:
    """The public words and the end; None where the line names none, and all of it is words then.

    The end is what follows the last comma, or the whole line, with ``back`` or ``until`` before it or not.
    """
    words = clean(line)[0]
    public, comma, last = words.rpartition(",")
    for said, rest in ((public.strip(), last), ("", words)) if comma else (("", words),):
        typed = rest.strip()
        lead = next((each for each in _LEADING if typed.casefold().startswith(each)), "")
        moment = when.parse(typed[len(lead) :], now, calendar, amid_words=True)
        if moment is not None:
            return said, moment
    return words, None
