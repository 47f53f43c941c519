"""What a value is measured in and within which limits it has to be, as it is typed and said back.

"days, 45 or more"; "°C, 18 to 27, better 20 to 25"; "%, at most 85"; "accounts, exactly 0"; "pages".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskmate.domain.values import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.domain.checklist import Item

LARGEST = 1e12
"""Numbers stay below it."""
LIMITS = "45 or more, 85 or less, 18 to 27, exactly 0"
"""How limits can be said."""

_NUMBER = r"[-+−]?\d+(?:[.,]\d+)?"
_FORMS = (
    (re.compile(rf"({_NUMBER})\s*(?:to|–|\.\.)\s*({_NUMBER})"), "between"),
    (re.compile(rf"({_NUMBER})\s+or\s+(?:more|over|above)|(?:at least|>=|≥|from)\s*({_NUMBER})"), "low"),
    (re.compile(rf"({_NUMBER})\s+or\s+(?:less|fewer|below)|(?:at most|<=|≤|up to)\s*({_NUMBER})"), "high"),
    (re.compile(rf"(?:exactly|=)\s*({_NUMBER})"), "exact"),
)
_SEPARATOR = re.compile(r",(?!\d)\s*|(?<!\d),\s*")
_NO_UNIT = re.compile(r"[-+−]?\d|.*(?:[<>=≤≥]|\b(?:or|to|exactly|at least|at most)\b)")
_BETTER = re.compile(r"better\s+(?=.*\d)", re.IGNORECASE)

Limits = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit, the limits outside of which a value fails, and those outside of which it is worth a look."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    warn_low: float | None = None
    warn_high: float | None = None


def of(item: Item) -> Measure:
    """What an item asks to be measured."""
    return Measure(item.unit, item.low, item.high, item.warn_low, item.warn_high)


def number(typed: str) -> float:
    """A number as it is typed, with a point or a comma before the decimals. Raises Wrong."""
    text = typed.strip().replace("−", "-")
    if not re.fullmatch(_NUMBER, text, re.ASCII):
        raise Wrong(f"“{typed.strip()}” is no number")
    if re.search(r",\d{3}$", text):
        plain = text.replace(",", "")
        raise Wrong(f"“{text}” can be read in two ways: type {plain} or {text.replace(',', '.')}")
    found = float(text.replace(",", "."))
    if abs(found) >= LARGEST:
        raise Wrong(f"{text} is too large")
    return found + 0.0  # no minus before a zero


def plain(value: float) -> str:
    """A number as it is said: no more digits than it has."""
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def parse(typed: str) -> Measure:
    """A unit and limits as they are typed, each perhaps left out. Raises Wrong."""
    unit = ""
    found: dict[str, Limits] = {}
    parts = [part.strip() for part in _SEPARATOR.split(typed.strip())] if typed.strip() else []
    for index, part in enumerate(parts):
        better = _BETTER.match(part)
        key = "better" if better else "limits"
        limits = _limits(part[better.end() :] if better else part)
        if limits is None:
            if index or better or not part:
                raise Wrong(f"“{part}” is no limit: say it as {LIMITS}")
            unit = part
        elif key in found:
            raise Wrong(f"“{part}” is said twice")
        else:
            found[key] = limits
    measure = Measure(unit, *found.get("limits", (None, None)), *found.get("better", (None, None)))
    why = why_not(measure)
    if why:
        raise Wrong(why)
    return measure


def said(measure: Measure) -> str:
    """The same as it can be typed again."""
    limits = spoken(measure.low, measure.high)
    better = spoken(measure.warn_low, measure.warn_high)
    return ", ".join(filter(None, (measure.unit, limits, better and f"better {better}")))


def spoken(low: float | None, high: float | None) -> str:
    """Limits in words; nothing where there are none."""
    if low is not None and high is not None:
        return f"exactly {plain(low)}" if low == high else f"{plain(low)} to {plain(high)}"
    if low is not None:
        return f"{plain(low)} or more"
    return "" if high is None else f"{plain(high)} or less"


def why_not(measure: Measure) -> str:
    """Why a measure makes no sense; empty when it does."""
    unit = measure.unit
    if _SEPARATOR.search(unit) or _NO_UNIT.match(unit.lower()) or _BETTER.match(unit):
        return f"“{unit}” is no unit: say the unit, a comma and the limits, such as days, 45 or more"
    for low, high in ((measure.low, measure.high), (measure.warn_low, measure.warn_high)):
        if low is not None and high is not None and low > high:
            return f"{plain(low)} is more than {plain(high)}: the lower limit comes first"
    return ""


def _limits(text: str) -> Limits | None:
    """Limits in one of the forms; None for what is none of them. Raises Wrong for a number that is none."""
    for form, kind in _FORMS:
        match = form.fullmatch(text.strip().lower())
        if match is None:
            continue
        figures = [number(each) for each in match.groups() if each]
        if kind == "between":
            return figures[0], figures[1]
        if kind == "exact":
            return figures[0], figures[0]
        return (figures[0], None) if kind == "low" else (None, figures[0])
    return None
