"""Public holidays from the library that knows them. It is large: imported here, while holidays are edited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from deskmate.domain.hours import Holiday
from deskmate.domain.values import LINE_LIMIT, WrongValues, one_line

AHEAD = 2
"""Years that are copied at a time."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a region with holidays of its own: its code, its name, and what else it is called."""

    code: str
    name: str
    also: tuple[str, ...] = ()


def countries() -> list[Place]:
    """All countries that are known, by their English names."""
    from holidays.registry import COUNTRIES

    found = [Place(code, _apart(name), tuple(more)) for name, code, *more in COUNTRIES.values()]
    return sorted(found, key=lambda place: place.name)


def regions(country: str) -> list[Place]:
    """The regions of a country, by its code; a name is often in the country's own language."""
    import holidays

    plain = holidays.country_holidays(country)
    names: dict[str, list[str]] = {code: [] for code in plain.subdivisions}
    for name, code in plain.subdivisions_aliases.items():
        names.setdefault(code, []).append(name)
    found = [Place(code, also[0] if also else code, tuple(also[1:])) for code, also in names.items()]
    return sorted(found, key=lambda place: place.name.casefold())


def coming(country: str, region: str, today: date) -> tuple[tuple[Holiday, ...], str, str]:
    """The holidays from today on for two years, and the codes of the country and the region, which may be empty.

    Both are known by their code or their name. Names are in the country's own language. Raises WrongValues.
    """
    import holidays

    code = _known("country", country, countries(), "DE")
    plain = holidays.country_holidays(code)
    part = _known("region", region, regions(code), next(iter(plain.subdivisions), "")) if region.strip() else ""
    try:
        last = today.replace(year=today.year + AHEAD)
    except ValueError:  # the 29th of February
        last = today.replace(year=today.year + AHEAD, day=28)
    found = holidays.country_holidays(
        code, subdiv=part or None, years=range(today.year, last.year + 1), language=plain.default_language
    )
    days = tuple(
        Holiday(day, one_line(name[:LINE_LIMIT])) for day, name in sorted(found.items()) if today <= day < last
    )
    return days, code, part


def known(country: str, region: str, today: date) -> tuple[Holiday, ...]:
    """The same for a place that was chosen before; none for one that the library does not know any more."""
    try:
        return coming(country, region, today)[0]
    except WrongValues:
        return ()


def _apart(name: str) -> str:
    """``IsleOfMan`` as ``Isle of Man``."""
    return (
        re.sub(r"(?<=.)(?=[A-Z])", " ", name)
        .replace(" Of ", " of ")
        .replace(" And ", " and ")
        .replace(" The ", " the ")
    )


def _known(field: str, typed: str, places: list[Place], such_as: str) -> str:
    """The code of the place that is typed. Raises WrongValues."""
    word = one_line(typed[:LINE_LIMIT])
    known: dict[str, str] = {}
    for place in places:
        known |= dict.fromkeys((each.casefold() for each in (place.name, *place.also)), place.code)
    known |= {place.code.casefold(): place.code for place in places}
    if word.casefold() in known:
        return known[word.casefold()]
    if not known:
        raise WrongValues({field: f"“{word}” is not known: there are no regions here"})
    near = get_close_matches(word.casefold(), known, 1)
    said = {name.casefold(): name for place in places for name in (place.code, place.name, *place.also)}
    hint = f"did you mean {said[near[0]]}?" if near else f"say a code such as {such_as}"
    raise WrongValues({field: f"“{word}” is not known; {hint}"})
