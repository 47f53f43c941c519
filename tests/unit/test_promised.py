"""What is taken for a promise and for when, and what is not."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from deskmate.domain.promised import promised

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Tuesday."""

PROMISES = [
    ("I'll call you back Thursday", "26 09:00"),
    ("I’ll call you back on Thursday at 14:00.", "26 14:00"),
    ("I will get back to you by tomorrow noon.", "25 12:00"),
    ("We'll have it by Friday 10", "27 10:00"),
    ("We will have the replacement by Friday.", "27 17:00"),
    ("I'll come by at 3 pm", "24 15:00"),
    ("I'll come by at 9", "25 09:00"),
    ("I'll look at it this afternoon", "24 17:00"),
    ("I will send you the manual today", "24 17:00"),
    ("I'll let you know by end of day.", "24 17:00"),
    ("I'm going to fix it tomorrow morning", "25 12:00"),
    ("I'll ring you in two hours", "24 12:30"),
    ("I'll be with you in 20 minutes", "24 10:50"),
    ("I will reply within the hour", "24 11:30"),
    ("I'll write to you in half an hour", "24 11:00"),
    ("You'll hear from me on Monday", "30 09:00"),
    ("You will have it by Wednesday 15:00", "25 15:00"),
    ("It will be ready by Friday noon", "27 12:00"),
    ("Your laptop will be done on 4 December", "04 09:00"),
    ("I'll bring it on 4 Dec at 11:30", "04 11:30"),
    ("I will deliver it on Dec 4th", "04 09:00"),
    ("I'll set it up next week", "04 17:00"),
    ("We'll install it by the end of the week", "27 17:00"),
    ("I'll check again the day after tomorrow", "26 09:00"),
    ("Will call you Friday at 9:30", "27 09:30"),
    ("Call back on Thursday", "26 09:00"),
    ("Done by tomorrow 16:00", "25 16:00"),
    ("I'm coming by at 14:00", "24 14:00"),
    ("Thank you for the picture. I'll call you back Thursday. Best regards", "26 09:00"),
    ("I'll call you back next Friday", "04 09:00"),
    ("Ich melde mich morgen", "25 09:00"),
    ("Ich rufe Sie am Donnerstag um 14 Uhr zurück.", "26 14:00"),
    ("Rückruf am Donnerstag", "26 09:00"),
    ("bis Freitag erledigt", "27 17:00"),
    ("Das ist bis Freitag 10 Uhr fertig.", "27 10:00"),
    ("Ich bin am Freitag um 10 bei Ihnen", "27 10:00"),
    ("komme um 14 Uhr vorbei", "24 14:00"),
    ("Ich komme morgen früh um 8:30 Uhr vorbei", "25 08:30"),
    ("Ich schaue heute Nachmittag nach dem Drucker", "24 17:00"),
    ("Guten Morgen Frau Weber, ich melde mich am Freitag bei Ihnen.", "27 09:00"),
    ("Wir schicken Ihnen das Gerät am 4. Dezember", "04 09:00"),
    ("Ich bringe es am 4.12. um 10.30 Uhr", "04 10:30"),
    ("Ich gebe Ihnen bis morgen Mittag Bescheid", "25 12:00"),
    ("Sie hören spätestens Donnerstag von mir", "26 17:00"),
    ("In einer halben Stunde rufe ich Sie an", "24 11:00"),
    ("Ich kümmere mich in zwei Stunden darum", "24 12:30"),
    ("Ich werde mich übermorgen melden", "26 09:00"),
    ("Das wird bis Mittwoch repariert", "25 17:00"),
    ("Bis Donnerstag habe ich es fertig", "26 17:00"),
    ("Wir richten das nächste Woche für Sie ein", "04 17:00"),
]  # fmt: skip

NONE = [
    "last Friday you said it works",
    "Can you call me back Thursday?",
    "Could you come by tomorrow?",
    "Will you be in on Friday?",
    "Shall I call you back Thursday?",
    "> I'll call you back Thursday",
    "I called you yesterday at 14:00",
    "I told you I'll call back Thursday",
    "You said you will have it by Friday",
    "The vendor will call you on Thursday",
    "The meeting is on Friday at 10",
    "Please call me back on Thursday",
    "I will not be in on Friday",
    "I won't call before Friday",
    "I can't come by tomorrow",
    "If it fails again, I'll come by tomorrow",
    "I'll call you Thursday unless it works",
    "Maybe I'll come by tomorrow",
    "I'll try to call you Thursday",
    "I hope to have it by Friday",
    "I'll be on holiday on Friday",
    "I will have a meeting on Friday",
    "I'll call you Thursday or Friday",
    "I'll send you the report from Friday",
    "I'll call you back",
    "I'll come to room 2.14",
    "Thank you, it works since Monday",
    "Have a nice weekend, see you Monday",
    "I'll send the minutes of Thursday",
    "I would call you on Thursday",
    "It was fixed on Friday at 10",
    "Können Sie mich am Donnerstag zurückrufen?",
    "Bitte rufen Sie mich am Donnerstag zurück",
    "Ich habe Sie am Freitag angerufen",
    "Sie sagten, bis Freitag ist es fertig",
    "Ich bin am Freitag nicht da",
    "Wenn es nicht geht, komme ich morgen vorbei",
    "Ich bin am Freitag nicht bei Ihnen",
    "Ich bin am Freitag im Urlaub",
    "Vielleicht melde ich mich morgen",
    "Guten Morgen, ich melde mich",
    "Letzten Freitag habe ich es repariert",
    "Ich wollte Sie gestern anrufen",
    "Der Techniker kommt am Freitag",
    "Am Freitag ist Feiertag",
    "Ich versuche, es bis Freitag zu schaffen",
    "Ich kann es nicht bis Freitag erledigen",
    "Wir haben am Montag das Gerät geliefert",
    "Melden Sie sich bitte morgen",
    "Hello,\n\nall is well.\n\n-- \nI'll call you back Thursday",
    "Hello\n\nOn 20 Nov Ada Weber wrote:\nI'll call you back Thursday",
    "I'll call you on 30 February",
    "I'll call you at 25:00 tomorrow",
]


@pytest.mark.parametrize(("said", "when"), PROMISES)
def test_a_promise_is_known_with_its_date(said: str, when: str) -> None:
    found = promised(said, NOW)
    assert found is not None
    assert f"{found[1]:%d %H:%M}" == when
    assert found[0] in said.replace("\n", " ")


@pytest.mark.parametrize("said", NONE)
def test_nothing_else_is_taken_for_one(said: str) -> None:
    assert promised(said, NOW) is None


WORDS = ["\n"]
WORDS += "I'll call you back on by at Thursday tomorrow 10 14:30 25:00 4.12. ich melde mich bis um Uhr . ? >".split()


@settings(max_examples=60)
@given(some.lists(some.sampled_from(WORDS) | some.text(max_size=6), max_size=20))
def test_any_text_gives_a_date_to_come_or_none(words: list[str]) -> None:
    found = promised(" ".join(words), NOW)
    assert found is None or found[1] > NOW
