"""The plain text of a checklist: nothing is lost on the way there and back, and no broken line is guessed at."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain import measure
from deskmate.domain.checklist import Content, Item, Kind, Mode, tidy, why_not
from deskmate.domain.values import Wrong
from deskmate.formats.annotating import annotated, unannotated
from deskmate.formats.checklist_text import read, write

PATCHES = """\
# Patch round

What is known to be open gets closed.

* Due: Wednesday after patch Tuesday at 9:00
* Closed days: next
* Mode: in order
* Minutes: 60
* Pause point: after the pilot machines
* Do not disturb: yes

- [ ] Notice sent
- [ ] Certificates of the services
  - expected: all of the list
  - value: days, 45 or more
  - evidence
  - guide: Probe list 3
- [ ] Lamp of the array
  - choice: green / yellow / red
- [ ] What is left
  - note
  - day: -5
"""
"""As it is written."""

AS_TYPED = """\
<!-- from the wiki -->
# Patch round
What is known to be open gets closed.
Due:   Wednesday after patch Tuesday at 9:00
**Closed days**: next
1. mode: In Order
2. **Minutes:** 60 min
+ pause point: after the pilot machines
DO NOT DISTURB: y
1. [x] Notice sent
* [ ] Certificates of the services
\texpected: all of the list
  * value: days, at least 45
  * Evidence
  * guide: Probe list 3
[ ] Lamp of the array
      - choice: green/yellow/red
- [] What is left
- note
- day: −5
"""
"""The same as a wiki and a hurry leave it."""

LINES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
    st.sampled_from(["# x", "- [ ] x", "Due: x", "> x", "<!-- x", "-->", "note", "1. x", "**a**: b", "a: b", "x"]),
)
NUMBERS = st.none() | st.integers(-999, 999).map(float) | st.floats(-1e6, 1e6).map(lambda each: round(each, 3) + 0.0)
ITEMS = st.builds(
    Item,
    text=LINES,
    kind=st.sampled_from(Kind),
    expected=st.just("") | LINES,
    unit=st.sampled_from(["", "days", "°C", "%", "km/h", "better", "m3"]),
    low=NUMBERS,
    high=NUMBERS,
    warn_low=NUMBERS,
    choices=st.lists(LINES, min_size=2, max_size=3).map(tuple),
    evidence=st.booleans(),
    guide=st.just("") | LINES,
    days=st.none() | st.integers(-99, 99),
)
CONTENTS = st.builds(
    Content,
    items=st.lists(ITEMS, min_size=1, max_size=3).map(tuple),
    mode=st.sampled_from(Mode),
    about=st.lists(st.just("") | LINES, max_size=4).map("\n".join),
    pause_point=st.just("") | LINES,
    minutes=st.none() | st.integers(1, 1440),
    dnd=st.booleans(),
).map(tidy)
SAID = st.none() | st.fixed_dictionaries(
    {"when": st.just("Fridays")},
    optional={
        "at": st.just("9:00"),
        "zone": st.just("Europe/Berlin"),
        "lead": st.sampled_from(["none", "2 d"]),
        "grace": st.just("1 w"),
        "closed": st.sampled_from(["next", "skip"]),
        "absence": st.just("all"),
    },
)


@settings(max_examples=60, deadline=None)
@given(CONTENTS.filter(lambda content: not why_not(content)), SAID)
def test_whatever_may_be_kept_comes_back_from_its_text(content: Content, said: dict[str, str] | None) -> None:
    (found,) = read(write("A name", content, said))
    assert found.problems == ()
    assert (found.name, found.content, found.schedule) == ("A name", content, said or {})


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES | st.sampled_from([*PATCHES.splitlines(), *AS_TYPED.splitlines()]), max_size=12))
def test_any_text_is_read_and_what_was_read_is_written_alike_ever_after(lines: list[str]) -> None:
    text = "\n".join(lines)
    for found in read(text):
        assert all(1 <= problem.line <= max(1, len(lines)) for problem in found.problems)
        assert unannotated(annotated(text, found.problems)) == unannotated(text)
        if not found.problems:
            (again,) = read(write(found.name, found.content, found.schedule))
            assert again == replace(found, line=1)
            assert why_not(found.content) == ""


def test_a_wiki_and_a_hurry_change_nothing() -> None:
    (written,), (typed,) = read(PATCHES), read(AS_TYPED)
    assert typed.problems == ()
    assert write(written.name, written.content, written.schedule) == PATCHES
    assert (typed.name, typed.content) == (written.name, written.content)
    assert typed.schedule == written.schedule


@pytest.mark.parametrize(
    ("line", "instead", "why"),
    [
        ("# Patch round", "Patch round", "a checklist begins with # and its name"),
        ("# Patch round", "#", "needs a name"),
        ("* Due: Wednesday after patch Tuesday at 9:00", "* Due: the 31st", "not every month has a 31st"),
        ("* Closed days: next", "* Closed days: never", "is not what happens on a closed day"),
        ("* Mode: in order", "* Mode: backwards", "the mode is in order or any order"),
        ("* Mode: in order", "* Mod: in order", "no field “Mod”: did you mean Mode?"),
        ("* Minutes: 60", "* Minutes: an hour", "minutes are a number from 1"),
        ("* Minutes: 60", "* Minutes:", "Minutes says nothing"),
        ("* Minutes: 60", "* Mode: any order", "Mode is said twice"),
        ("* Minutes: 60", "* value: 60", "“value” belongs below an item"),
        ("* Minutes: 60", "* 60", "neither a field such as Minutes: 20 nor an item"),
        ("* Minutes: 60", "## Before noon", "make two checklists of it"),
        ("* Do not disturb: yes", "* Do not disturb: maybe", "yes or no"),
        ("* Due: Wednesday after patch Tuesday at 9:00", "", "needs to know when"),
        ("- [ ] Notice sent", "- [ ]", "an item needs words"),
        ("- [ ] Notice sent", "- [ ] " + "x" * 201, "at most 200 characters, not 201"),
        ("  - value: days, 45 or more", "  - value: days, fourty or more", "“fourty or more” is no limit"),
        ("  - value: days, 45 or more", "  - value: 45 days or more", "“45 days or more” is no unit"),
        ("  - value: days, 45 or more", "  - value: 45 to 20", "45 is more than 20"),
        ("  - evidence", "  - evidence: a picture", "what to show belongs behind expected:"),
        ("  - evidence", "  - evidense", "neither an item"),
        ("  - evidence", "  - prove: yes", "an item has no field “prove”"),
        ("  - evidence", "  - Minutes: 20", "“Minutes” belongs above the items"),
        ("  - evidence", "  - note", "an item asks for one thing"),
        ("  - choice: green / yellow / red", "  - choice: green", "a choice has two or more words"),
        ("  - choice: green / yellow / red", "  - choice: red / Red", "a choice has each word once"),
        ("  - day: -5", "  - day: soon", "day is a number"),
    ],
)
def test_a_broken_line_is_named_and_all_else_is_kept(line: str, instead: str, why: str) -> None:
    text = PATCHES.replace(line + "\n", instead + "\n")
    (found,) = read(text)
    assert len(found.problems) == 1, found.problems
    (problem,) = found.problems
    assert why in problem.why
    place = PATCHES.splitlines().index(line)
    assert problem.line == place + 1 or not instead
    assert len(found.content.items) == 4
    assert unannotated(annotated(text, found.problems)) == text
    assert f"<!-- deskmate: {problem.why} -->\n" in annotated(text, found.problems)


def test_a_text_holds_any_number_of_checklists_each_with_its_own_problems() -> None:
    first, second = read("# A\n- [ ] x\n  - vaule\n# B\n- [ ] y\n# C\n")[:2]
    assert [(each.name, len(each.problems)) for each in (first, second)] == [("A", 1), ("B", 0)]
    assert read("# A\n- [ ] x\n# C\n")[1].problems[0].why.startswith("nothing is on it")
    assert read("\n\n") == []


@pytest.mark.parametrize(
    ("typed", "means"),
    [("18,5", 18.5), ("−3", -3.0), ("1000", 1000.0), ("1,000", None), ("1e3", None), ("4 5", None), ("٣", None)],
)
def test_numbers_are_read_as_meant_or_not_at_all(typed: str, means: float | None) -> None:
    if means is None:
        with pytest.raises(Wrong):
            measure.number(typed)
    else:
        assert measure.number(typed) == means
