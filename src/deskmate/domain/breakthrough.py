"""What breaks through do-not-disturb: rules in order, the first that fits decides, and without one it is held.

Light, because a capture asks while the door is shut.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

PRIORITY, VIP, WORDS, AGAIN = "priority", "vip", "words", "again"
KINDS = {
    PRIORITY: "it is P1",
    VIP: "the requester carries a star",
    WORDS: "it holds one of the words",
    AGAIN: "the same person again within minutes",
}
"""What a rule may look at."""
LONGEST = 24 * 60
"""Minutes that a rule may look back for the same person."""
READ = 20_000
"""Characters of what came in that are looked at for words."""
_ANY = "*"
_EVERYWHERE = frozenset(
    "a an and are as at be but by can for from have i in is it me my not of on or please so that the this to we with"
    " you your aber als am an auf aus bei bitte das dem den der des die ein eine es für habe ich im in ist mit nicht"
    " oder sie sind und uns von was wie wir zu".split()
)
"""Words that nearly every text holds, in English and German."""


class Rule:
    """One rule. ``channel`` None is every channel; ``words`` are parted by commas; ``passes`` False holds.

    A word or several stand as they are, with any letters where there is a ``*`` before or behind: ``*ausfall``.
    """

    __slots__ = ("channel", "id", "kind", "minutes", "name", "passes", "words")

    def __init__(
        self,
        id: int,
        name: str,
        kind: str,
        channel: str | None = None,
        words: str = "",
        minutes: int | None = None,
        passes: bool = True,
    ) -> None:
        self.id = id
        self.name = name
        self.kind = kind
        self.channel = channel
        self.words = words
        self.minutes = minutes
        self.passes = bool(passes)

    def fits(self, arrival: Arrival) -> bool:
        """Whether it decides about this."""
        if self.channel is not None and self.channel != arrival.channel:
            return False
        if self.kind == PRIORITY:
            return arrival.priority == 1
        if self.kind == VIP:
            return arrival.vip
        if self.kind == AGAIN:
            return arrival.since is not None and arrival.since < (self.minutes or 0)
        return any(_needle(phrase) in arrival.plain for phrase in phrases(self.words))


class Arrival:
    """Something that came in: what is known of it at that moment.

    ``since`` are the minutes since the same person came before, None when nobody knows of it.
    """

    __slots__ = ("channel", "plain", "priority", "since", "vip")

    def __init__(
        self, text: str, *, priority: int | None, vip: bool, channel: str | None, since: float | None
    ) -> None:
        self.plain = f" {_plain(text[:READ])} "
        self.priority = priority
        self.vip = vip
        self.channel = channel
        self.since = since


def decide(rules: Iterable[Rule], arrival: Arrival) -> tuple[bool, str]:
    """Whether it breaks through, and the name of the rule that says so; no name when none fits and it is held."""
    for rule in rules:
        if rule.fits(arrival):
            return rule.passes, rule.name
    return False, ""


def may_notify(state: str, rules: Iterable[Rule], arrival: Arrival) -> bool:
    """Whether something may be announced at this state of the door: outside office hours P1 alone."""
    if state == "OPEN":
        return True
    return arrival.priority == 1 if state == "CLOSED" else decide(rules, arrival)[0]


def phrases(words: str) -> list[str]:
    """The words of a rule, each as it is looked for; what is empty is left out."""
    return [phrase for part in words.split(",") if (phrase := _plain(part, _ANY))]


def spoken(rule: Rule) -> str:
    """What a rule says, in words: ``let through: by mail: server down, outage``."""
    what = {PRIORITY: "P1", VIP: "a requester with a star", WORDS: rule.words}
    looks = what.get(rule.kind, f"the same person again within {rule.minutes} min")
    by = f"by {rule.channel}: " if rule.channel else ""
    return f"{'let through' if rule.passes else 'held'}: {by}{looks}"


def problems(
    rule: Rule, before: Iterable[Rule], channels: Iterable[str], after: Iterable[Rule] = ()
) -> dict[str, str]:
    """What is wrong with a rule, by field: one that can not be, that always or that never decides.

    ``before`` and ``after`` are those that stand around it.
    """
    found: dict[str, str] = {}
    if not rule.name.strip():
        found["name"] = "it needs a name, which the timeline shows"
    if rule.kind not in KINDS:
        found["kind"] = f"one of {', '.join(KINDS)}"
        return found
    if rule.channel is not None and rule.channel not in channels:
        found["channel"] = f"nothing ever comes by “{rule.channel}”; one of {', '.join(channels)}, or none"
    if rule.kind == WORDS:
        why = _why_not_words(rule.words)
        if why:
            found["words"] = why
    elif rule.words.strip():
        found["words"] = f"a rule of kind {rule.kind} looks at no words"
    if rule.kind == AGAIN:
        if rule.minutes is None or not 1 <= rule.minutes <= LONGEST:
            said = "nothing" if rule.minutes is None else f"{rule.minutes:,}"
            found["minutes"] = f"1 to {LONGEST:,}, not {said}"
    elif rule.minutes is not None:
        found["minutes"] = f"a rule of kind {rule.kind} looks at no minutes"
    if not found:
        earlier = next((each for each in before if _covers(each, rule)), None)
        later = next((each for each in after if _covers(rule, each)), None)
        if earlier is not None:
            found["kind"] = f"it would never decide: “{earlier.name}” before it fits whatever it fits"
        elif later is not None:
            found["position"] = f"“{later.name}” behind it would never decide again"
    return found


def _why_not_words(words: str) -> str:
    asked = [part.strip() for part in words.split(",")]
    if not any(asked):
        return "it needs a word to look for"
    for part in filter(None, asked):
        plain = _plain(part, _ANY)
        core = plain.replace(_ANY, "").strip()
        if _ANY in core or any(_ANY in word[1:-1] for word in plain.split()):
            return f"“{part}”: a * stands at the beginning or the end"
        if not core:
            return f"“{part}” holds no letter, so it would always decide"
        if core in _EVERYWHERE or (len(core) < 3 and (len(core) == 1 or _ANY in plain)):
            return f"“{part}” stands in nearly every text, so it would always decide"
    return ""


def _covers(earlier: Rule, rule: Rule) -> bool:
    """Whether the earlier of two fits whatever the later fits."""
    if earlier.kind != rule.kind or earlier.channel not in (None, rule.channel):
        return False
    if rule.kind == AGAIN:
        return (earlier.minutes or 0) >= (rule.minutes or 0)
    return rule.kind != WORDS or set(phrases(rule.words)) <= set(phrases(earlier.words))


def _needle(phrase: str) -> str:
    """A phrase as it stands in a plain text between blanks."""
    start = "" if phrase.startswith(_ANY) else " "
    end = "" if phrase.endswith(_ANY) else " "
    return f"{start}{phrase.strip(_ANY + ' ')}{end}"


def _plain(text: str, keep: str = "") -> str:
    """Letters and digits in small words apart by single blanks."""
    return " ".join("".join(char if char.isalnum() or char in keep else " " for char in text.casefold()).split())
