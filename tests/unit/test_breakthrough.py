"""Which rule decides about what comes in while the door is shut."""

from __future__ import annotations

import pytest

from deskmate.domain.breakthrough import AGAIN, PRIORITY, VIP, WORDS, Arrival, Rule, decide, may_notify, problems
from deskmate.domain.channel import Channel

RULES = [
    Rule(1, "P1", PRIORITY),
    Rule(2, "no newsletters", WORDS, "mail", "unsubscribe, abbestellen", passes=False),
    Rule(3, "VIP", VIP),
    Rule(4, "outage", WORDS, None, "server down, *ausfall, can't log in, nichts geht mehr"),
    Rule(5, "again", AGAIN, None, "", 15),
]


def arrival(
    text: str = "",
    *,
    priority: int | None = None,
    vip: bool = False,
    channel: str = "mail",
    since: float | None = None,
) -> Arrival:
    return Arrival(text, priority=priority, vip=vip, channel=channel, since=since)


@pytest.mark.parametrize(
    ("what", "decision"),
    [
        (arrival("a question"), (False, "")),
        (arrival(priority=1), (True, "P1")),
        (arrival(priority=2), (False, "")),
        (arrival("unsubscribe me", vip=True), (False, "no newsletters")),
        (arrival("unsubscribe me", vip=True, channel="form"), (True, "VIP")),
        (arrival("The SERVER\n is  down!"), (False, "")),
        (arrival("Server-down, all of it"), (True, "outage")),
        (arrival("the observer down there"), (False, "")),
        (arrival("Stromausfall im Keller"), (True, "outage")),
        (arrival("Ausfall"), (True, "outage")),
        (arrival("Ausfallzeiten"), (False, "")),
        (arrival("I CAN'T log in"), (True, "outage")),
        (arrival("Hier geht NICHTS geht mehr"), (True, "outage")),
        (arrival(since=14.9), (True, "again")),
        (arrival(since=15), (False, "")),
    ],
)
def test_the_first_that_fits_decides(what: Arrival, decision: tuple[bool, str]) -> None:
    assert decide(RULES, what) == decision


def test_outside_office_hours_only_p1_is_announced() -> None:
    star, p1 = arrival(vip=True), arrival(priority=1)
    assert [may_notify(state, RULES, star) for state in ("OPEN", "DND", "AWAY", "CLOSED")] == [
        True,
        True,
        True,
        False,
    ]
    assert may_notify("CLOSED", [], p1)
    assert not may_notify("DND", [], p1)


@pytest.mark.parametrize(
    ("rule", "field", "why"),
    [
        (Rule(0, " ", VIP), "name", "needs a name"),
        (Rule(0, "x", "moon"), "kind", "one of priority, vip, words, again"),
        (Rule(0, "x", VIP, "pigeon"), "channel", "nothing ever comes by “pigeon”"),
        (Rule(0, "x", WORDS, None, " , "), "words", "needs a word to look for"),
        (Rule(0, "x", WORDS, None, "fire, *"), "words", "“*” holds no letter, so it would always decide"),
        (Rule(0, "x", WORDS, None, "fire, !!"), "words", "“!!” holds no letter"),
        (Rule(0, "x", WORDS, None, "The"), "words", "“The” stands in nearly every text"),
        (Rule(0, "x", WORDS, None, "e*"), "words", "“e*” stands in nearly every text"),
        (Rule(0, "x", WORDS, None, "aus*fall"), "words", "at the beginning or the end"),
        (Rule(0, "x", AGAIN, None, "", 0), "minutes", "1 to 1,440, not 0"),
        (Rule(0, "x", AGAIN, None, "", 9999), "minutes", "1 to 1,440, not 9,999"),
        (Rule(0, "x", AGAIN), "minutes", "not nothing"),
        (Rule(0, "x", VIP, None, "fire"), "words", "looks at no words"),
        (Rule(0, "x", VIP, None, "", 5), "minutes", "looks at no minutes"),
        (Rule(0, "x", VIP, "mail"), "kind", "it would never decide: “VIP” before it"),
        (Rule(0, "x", AGAIN, None, "", 10), "kind", "it would never decide: “again” before it"),
        (Rule(0, "x", WORDS, "mail", "*Ausfall"), "kind", "it would never decide: “outage” before it"),
    ],
)
def test_a_rule_that_can_not_be_or_never_or_always_decides_names_its_field(rule: Rule, field: str, why: str) -> None:
    found = problems(rule, RULES, list(Channel))
    assert found.keys() == {field}
    assert why in found[field]


def test_the_rules_that_are_there_are_good_ones() -> None:
    assert [problems(rule, RULES[:place], list(Channel)) for place, rule in enumerate(RULES)] == [{}] * len(RULES)
