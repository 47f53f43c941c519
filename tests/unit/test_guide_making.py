"""A guide begun from a resolution: its lines, its words, and no names."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.guide import Source, why_not, why_not_published
from deskmate.domain.guide_making import calls_for_guide, lines_of, made_of

WHO = {"name": "Ana Weber", "email": "ana.weber@example.org", "room": "2.14", "device": "Laser 2"}


def keys() -> map[str]:
    return map(str, count())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Open it\n2) Close it\n   slowly", ["Open it", "Close it\nslowly"]),
        ("- open\n• close", ["open", "close"]),
        ("open\n\nclose", ["open", "close"]),
        (
            "Opened C:\\[x]. Then closed it! “Fine” it said.",
            ["Opened C:\\[x].", "Then closed it!", "“Fine” it said."],
        ),
        ("Version 2.1 is fine. see v. 3", ["Version 2.1 is fine. see v. 3"]),
        ("", []),
    ],
)
def test_lines_become_steps(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


def test_names_become_placeholders_and_the_subject_what_users_say() -> None:
    text = "Sent ana.weber@example.org the link. Told Ana to restart Laser 2 in 2.14. Weber's laser 20 is fine."
    made = made_of("Re: AW: printer of Ana Weber jams", text, WHO, keys())
    assert made.title == "printer of {name} jams"
    assert made.words == ("printer of jams",), "everybody reads these, and nothing fills them in"
    assert [step.action for step in made.steps] == [
        "Sent {email} the link.",
        "Told {name} to restart {device} in {room}.",
        "{name}'s laser 20 is fine.",
    ]
    assert {each.name: each.source for each in made.placeholders} == {
        "name": Source.PERSON,
        "email": Source.ASK,
        "device": Source.DEVICE,
        "room": Source.ASK,
    }
    assert why_not(made) == ""
    assert "nobody has looked at it" in why_not_published(made)


@given(st.text(max_size=60), st.text(max_size=60), st.dictionaries(st.sampled_from(list(WHO)), st.text(max_size=5)))
def test_whatever_was_written_a_draft_comes_of_it(subject: str, text: str, names: dict[str, str]) -> None:
    made = made_of(subject, text, names, keys())
    assert {each.name for each in made.placeholders} <= set(names)
    assert all(step.action for step in made.steps)


def test_the_third_without_a_guide_is_said_with_what_it_cost() -> None:
    assert calls_for_guide(2, 90, 0) == ""
    assert calls_for_guide(3, 90, 1) == ""
    assert calls_for_guide(3, 90, 0) == "3 like this without a guide, 90 min so far"
    assert calls_for_guide(4, 0, 0) == "4 like this without a guide"
