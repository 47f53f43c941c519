"""What was promised in a reply: “I'll call you back Thursday”, “bis Freitag erledigt”.

A small strict grammar for English and German. A sentence is one when it says that we will do something and names one
date to come. Questions, conditions, hopes, what others do, what is past and what is quoted are none. It is only ever
offered with the date it was understood as; so rather miss one than make one up.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from deskmate.domain import when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deskmate.domain.calendar import Calendar

_LONGEST = 300
"""Characters of a sentence that may be a promise; nobody promises at greater length."""
_MOST = 60
"""Sentences of a text that are looked at."""

# --- sentences ----------------------------------------------------------------------------------------------

_END = re.compile(
    r"([!?;]+|\n|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+(?!(?i:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc]))[A-ZÄÖÜ]|$))",
)
"""Where a sentence ends: not after the dot of “4. Dezember” or “10.30”."""
_GREETING = re.compile(r"\b(?:guten|good|schönen|happy) (?:morgen|morning|afternoon|nachmittag|tag|evening|abend)\b")
_REST = re.compile(r"^(?:-- ?$|_{5,}|-{5,}|on .{5,80} wrote:|am .{5,80} schrieb)", re.IGNORECASE)
"""Where one's own words end: a signature, or what was answered to."""

# --- who does what ------------------------------------------------------------------------------------------

_NEVER = re.compile(
    r"\b(?:not|never|no longer|cannot|\w+n't|if|unless|maybe|perhaps|might|(?<!\d )may(?! \d)|could|would|should"
    r"|try|hope|hopefully|probably|please|last|ago|yesterday|said|told|wrote|asked|promised|mentioned|called|was|were|had|did"
    r"|whether|nicht|kein\w*|nie|niemals|wenn|falls|sofern|sobald|vielleicht|eventuell|wahrscheinlich|hoffe\w*|hoffentlich"
    r"|versuch\w*|bitte|letzte\w*|vorige\w*|gestern|sagte\w*|gesagt|meinte\w*|schrieb\w*|hatte\w*|war|waren|wurde\w*"
    r"|könnte\w*|würde\w*|sollte\w*|wollte\w*|möchte\w*|rief\w*|kam\w*|versprach\w*|versprochen|ob)\b"
)
_DOES = (
    r"(?:(?:also|then|certainly|definitely|personally|just|gladly|be able to) )*"
    r"(?:call|ring|phone|get back|get (?:it|this|that|you|to)|be back (?:to|with)"
    r"|be (?:there|with you|at your|in your)"
    r"|come|drop|stop by|swing by|pop|look|check|fix|repair|let you|send|bring|deliver|do (?:it|this|that)|finish"
    r"|complete|reply|answer|respond|update|write|mail|e-?mail|tell|install|replace|swap|set|take care|take a look"
    r"|follow up|report|give you|visit|pick|confirm|prepare|contact|speak|talk|arrange|sort|handle|reset|test|provide"
    r"|hand|have (?:it|this|that|them|the|your|an answer|news|word|something"
    r"|a (?:word|look|fix|solution|replacement)))"
)
_DONE = (
    r"(?:done|ready|fixed|finished|back|there|repaired|installed|replaced|working|delivered|with you|sorted|solved)"
)
_ENGLISH = re.compile(
    rf"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to| promise to)"
    rf" (?:\w+ )?{_DOES}\b"
    r"|\b(?:i'm|i am|we're|we are) (?:coming (?:by|over|round|to)|calling you"
    r"|sending (?:it|you)|bringing (?:it|you))\b"
    r"|\byou(?:'ll| will) (?:have|get|hear|receive)\b"
    rf"|\b(?:it|this|that|everything|(?:the|your) \w+(?: \w+)?)(?:'ll| will) be {_DONE}\b"
    rf"|^(?:will|shall) {_DOES}\b"
    rf"|^(?:a )?(?:call ?back|back to you|{_DONE}|(?:an )?(?:answer|news|update|word))"
    r" (?:by|on|at|before|until|to\w+)\b"
)
_GERMAN_VERB = (
    r"(?:meld\w+ (?:\w+ ){0,3}?(?:mich|uns)|(?:mich|uns) (?:\w+ ){0,6}?melden|ruf\w*|(?:an|zurück)rufen"
    r"|bin (?:\w+ ){0,5}?bei (?:ihnen|dir|euch)"
    r"|komm\w* (?:.*\b)?(?:vorbei|zu ihnen|zu dir|rüber|hoch|runter)|vorbeikommen"
    r"|schau\w*|seh\w* .*\bnach|nachsehen|schick\w*|send\w*|bring\w*|vorbeibringen|erledig\w*"
    r"|mach\w* (?:es|das|dies\w*|ihn|sie)|(?:fertig|klar)machen|reparier\w*"
    r"|kümmer\w*|antwort\w*|(?:geb\w*|sag\w*) .*\bbescheid|bescheid (?:geben|sagen)|liefer\w*|schreib\w*|tausch\w*"
    r"|austauschen|installier\w*|richt\w* .*\bein|einrichten|prüf\w*|hab\w* .*\b(?:fertig|erledigt))"
)
_GERMAN_DONE = r"(?:erledigt|fertig|repariert|gelöst|geliefert|bereit|eingerichtet|installiert|behoben|ausgetauscht)"
_GERMAN = re.compile(
    rf"\b(?:ich|wir)\b.*\b{_GERMAN_VERB}\b|\b{_GERMAN_VERB}\b.*\b(?:ich|wir)\b"
    r"|^(?:melde mich|rufe?|rufen|komme|schicke|kümmere mich|schaue?|erledige|bringe|gebe|sage)\b"
    r"|^(?:ein )?(?:rückruf|rückmeldung|antwort|bescheid|lieferung|reparatur)\b"
    r"|\b(?:sie|du) (?:bekommen|erhalten|hören|bekommst|erhältst|hörst)\b"
    rf"|\bbis\b.*\b{_GERMAN_DONE}\b|\b(?:wird|ist|sind|werden)\b.*\bbis\b.*\b{_GERMAN_DONE}\b"
)
_GERMAN_PAST = re.compile(r"\b(?:hab|habe|haben|hat|bin|sind|ist)\b.*\b\w*ge\w+(?:t|en)\b")

# --- when ---------------------------------------------------------------------------------------------------

_MORNING, _NOON, _EVENING = None, time(12), time.max
"""Parts of a day without a time of their own: when the door opens and closes then."""
_LATEST = time(17)
_WEEKDAYS = {
    name: index for index, names in enumerate((
        "monday mon montag", "tuesday tue tues dienstag", "wednesday wed mittwoch",
        "thursday thu thur thurs donnerstag", "friday fri freitag", "saturday sat samstag sonnabend",
        "sunday sonntag",
    )) for name in names.split()
}  # fmt: skip
_MONTHS = {
    name: index for index, names in enumerate((
        "jan january januar", "feb february februar", "mar march märz", "apr april", "may mai", "jun june juni",
        "jul july juli", "aug august", "sep sept september", "oct october okt oktober", "nov november",
        "dec december dez dezember",
    ), 1) for name in names.split()
}  # fmt: skip
_COUNTS = {
    **dict.fromkeys(("a", "an", "one", "ein", "einer", "einem", "einen", "the"), 1),
    **dict.fromkeys(("two", "zwei"), 2), **dict.fromkeys(("three", "drei"), 3),
    **dict.fromkeys(("four", "vier"), 4), **dict.fromkeys(("five", "fünf"), 5),
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_DAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    r"\b(?P<after>day after tomorrow|übermorgen)\b"
    r"|\b(?P<tomorrow>tomorrow|morgen)\b|\b(?P<today>today|heute|this (?:morning|afternoon)|tonight)\b"
    r"|\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    rf"|\b(?:(?P<far>next) )?(?P<weekday>{_DAY})(?:s)?\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?(?P<month>{_MONTH})\b"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)"
    r"|\b(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?!\d)"
    r"|\b(?P<nextweek>next week|nächste[rn]? woche|kommende[rn]? woche)\b"
    r"|\b(?P<week>(?:end of (?:the|this) )?week|this week|eow|ende der woche|diese[rn]? woche)\b"
)
_LATER = re.compile(
    rf"\b(?:in|within|innerhalb(?: von)?|binnen) (?:the next )?(?:{_COUNT} )?"
    r"(?P<half>half an hour|halben stunde)|"
    rf"\b(?:in|within|innerhalb(?: von)?|binnen) (?:the next )?{_COUNT.replace('count', 'count2')} "
    r"(?:(?P<minutes>min(?:ute[ns]?|s)?)|(?P<hours>hours?|stunden?|h)|(?P<days>days?|tage?n?)|(?P<weeks>weeks?|wochen?))\b"
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?: ?(?P<half>am|pm))?\b(?: ?(?:uhr|h)\b)?"
    r"|(?:@|\b(?:at|um|by|bis|before|vor|gegen|ab)) (?P<hour6>\d{1,2})\.(?P<minute6>\d\d)\b(?: ?uhr\b)?"
    r"|\b(?P<hour7>\d{1,2})\.(?P<minute7>\d\d) ?uhr\b"
    r"|\b(?P<hour2>\d{1,2}) ?(?P<half2>am|pm)\b"
    r"|\b(?P<hour3>\d{1,2}) ?(?:uhr|h\b|o'clock)"
    r"|\b(?:at|um|by|bis|before|vor|gegen|ab) (?P<hour4>\d{1,2})\b(?![.:]?\d|[%/])"
    r"|(?<=@) (?P<hour5>\d{1,2})\b(?![.:]?\d)"
    r"|\b(?P<noon>noon|midday|mittags?)\b"
    r"|\b(?P<early>morning|vormittags?|früh)\b"
    r"|\b(?P<late>afternoon|nachmittags?|end of (?:the )?day|close of business|eod|cob|feierabend|tagesende)\b"
)
_HOURS = tuple(name for name in _CLOCK.groupindex if name.startswith("hour"))
_NO_DATE_OF_IT = re.compile(r"\b(?:from|since|of|von|vom|seit|after|nach|ab dem)(?: the)? $")
_BY = re.compile(r"\b(?:by|bis|until|till|latest|spätestens)(?: (?:zum|the|on|am|end of|ende))? $")


def promised(
    text: str, now: datetime, calendar: Callable[[], Calendar] = when.built_in
) -> tuple[str, datetime] | None:
    """The first promise in a text, in its own words, and the moment it names, in the zone of ``now``; None for none.

    A day alone is when the door opens on it, ``by`` a day is when it closes, by office time as ``calendar`` gives it.
    ``now`` is when it was said. Raises ValueError when that has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("a date needs to know the time zone")
    for sentence in _sentences(text):
        plain = " ".join(sentence.casefold().replace("’", "'").replace("‘", "'").split())
        plain = _GREETING.sub("", plain).strip(" ,-–*•.!;")
        if not _is_promise(plain):
            continue
        moment = _moment(plain, now, calendar)
        if moment is not None and moment.timestamp() > now.timestamp():
            return " ".join(sentence.split()).rstrip(".!;, "), moment
    return None


def _sentences(text: str) -> Iterator[str]:
    """One's own sentences, questions left out."""
    own: list[str] = []
    for line in text.splitlines():
        if _REST.match(line.strip()):
            break
        own.append("" if line.lstrip().startswith((">", "|")) else line)
    parts = _END.split("\n".join(own))
    count = 0
    for sentence, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if sentence.strip() and "?" not in end and len(sentence) <= _LONGEST:
            yield sentence.strip()
            count += 1
            if count >= _MOST:
                return


def _is_promise(plain: str) -> bool:
    if _NEVER.search(plain):
        return False
    if _ENGLISH.search(plain):
        return True
    past = _GERMAN_PAST.search(plain) and not re.search(rf"\bbis\b.*\b{_GERMAN_DONE}\b", plain)
    return bool(_GERMAN.search(plain)) and not past


def _moment(plain: str, now: datetime, calendar: Callable[[], Calendar]) -> datetime | None:
    """The one moment the sentence names; None when it names none, or several."""
    try:
        later = _LATER.search(plain)
        if later:
            return _counted(later, now)
        days = list(_DATE.finditer(plain))
        # “heute Morgen” is a part of today.
        if len(days) == 2 and days[0]["today"] and days[1]["tomorrow"]:
            days.pop()
        if len(days) > 1 or any(_NO_DATE_OF_IT.search(plain[: each.start()]) for each in days):
            return None
        rest = plain if not days else f"{plain[: days[0].start()]}@{plain[days[0].end() :]}"
        clocks = list(_CLOCK.finditer(rest))
        exact = [each for each in clocks if not (each["noon"] or each["early"] or each["late"])]
        clocks = exact or clocks  # “tomorrow afternoon at 3”
        if len(clocks) > 1:
            return None
        clock = _clock(clocks[0]) if clocks else None
        if not days:
            return None if clock is None else _next(clock, now, calendar)
        day, usual = _day(days[0], now)
        if _BY.search(plain[: days[0].start()]):
            usual = _EVENING
        return _at(day, clock or usual, now, calendar)
    except (ValueError, OverflowError):  # 30 February, 25 o'clock
        return None


def _counted(found: re.Match[str], now: datetime) -> datetime | None:
    if found["half"]:
        return when.parse("+30m", now, when.built_in)
    count = _COUNTS.get(found["count2"]) or int(found["count2"])
    unit = next(
        letter for letter, name in zip("mhdw", ("minutes", "hours", "days", "weeks"), strict=True) if found[name]
    )
    return when.parse(f"+{count}{unit}", now, when.built_in) if count else None


def _day(found: re.Match[str], now: datetime) -> tuple[date, time | None]:
    """The day, and the usual time of day for it. Raises ValueError for one that no calendar has."""
    today = now.date()
    if found["today"]:
        early = found["today"] == "this morning"
        return today, _NOON if early else _EVENING
    if found["tomorrow"] or found["after"]:
        return today + timedelta(1 if found["tomorrow"] else 2), _MORNING
    if found["iso"]:
        return date.fromisoformat(found["iso"]), _MORNING
    if found["weekday"]:
        weekday = _WEEKDAYS[found["weekday"]]
        if found["far"]:
            return today + timedelta(7 - today.weekday() + weekday), _MORNING
        return today + timedelta((weekday - today.weekday() - 1) % 7 + 1), _MORNING
    if found["nextweek"]:
        return today + timedelta(7 - today.weekday() + 4), _EVENING
    if found["week"]:
        return today + timedelta((4 - today.weekday()) % 7), _EVENING
    day = int(found["day"] or found["day2"] or found["day3"])
    month = _MONTHS.get(found["month"] or found["month2"] or "") or int(found["month3"])
    this_year = date(today.year, month, day)
    return (this_year if this_year >= today else date(today.year + 1, month, day)), _MORNING


def _clock(found: re.Match[str]) -> time:
    """A time of day; an hour from 1 to 6 without more is one of the afternoon. Raises ValueError for 25:00."""
    if found["noon"] or found["early"]:
        return _NOON
    if found["late"]:
        return _EVENING
    hour = int(next(found[name] for name in _HOURS if found[name]))
    minute = found["minute"] or found["minute6"] or found["minute7"]
    half = found["half"] or found["half2"]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    elif 1 <= hour <= 6 and not minute:
        hour += 12
    return time(hour, int(minute or 0))


def _at(day: date, clock: time | None, now: datetime, calendar: Callable[[], Calendar]) -> datetime:
    """A time of that day, its morning or its end."""
    if clock is None:
        return calendar().morning(day, now.tzinfo)
    if clock is _EVENING:
        return calendar().closing(day, now.tzinfo) or when.at(day, _LATEST, now)
    return when.at(day, clock, now)


def _next(clock: time, now: datetime, calendar: Callable[[], Calendar]) -> datetime:
    """That time today, or tomorrow when it is past."""
    moment = _at(now.date(), clock, now, calendar)
    return moment if moment.timestamp() > now.timestamp() else _at(now.date() + timedelta(1), clock, now, calendar)
