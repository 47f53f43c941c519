"""Public holidays from the library that knows them. It is large: imported here, while holidays are edited."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from deskmate.domain.hours import Holiday
from deskmate.domain.values import LINE_LIMIT, WrongValues, one_line

AHEAD = 2
"""Years that are copied at a time."""


def coming(country: str, region: str, today: date) -> tuple[tuple[Holiday, ...], str, str]:
    """The holidays from today on for two years, and the codes of the country and the region, which may be empty.

    A region is known by its code or its name. Names are in the country's own language. Raises WrongValues.
    """
    import holidays

    countries = holidays.list_supported_countries(include_aliases=False)
    code = _known("country", country, {each: each for each in countries}, "DE")
    plain = holidays.country_holidays(code)
    regions = {each: each for each in plain.subdivisions} | dict(plain.subdivisions_aliases)
    part = _known("region", region, regions, next(iter(plain.subdivisions), "")) if region.strip() else ""
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


def _known(field: str, typed: str, known: dict[str, str], such_as: str) -> str:
    word = one_line(typed[:LINE_LIMIT])
    folded = {each.casefold(): each for each in known}
    if word.casefold() in folded:
        return known[folded[word.casefold()]]
    if not known:
        raise WrongValues({field: f"“{word}” is not known: there are no regions here"})
    near = get_close_matches(word.casefold(), folded, 1)
    hint = f"did you mean {folded[near[0]]}?" if near else f"say a code such as {such_as}"
    raise WrongValues({field: f"“{word}” is not known; {hint}"})
