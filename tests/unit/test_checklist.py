"""Items stay themselves over the revisions of a checklist, or results would be held against other questions."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.checklist import Item, Kind, numbered


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(map(Item, texts))


def keys(found: tuple[Item, ...]) -> list[int]:
    return [item.id for item in found]


BEFORE = numbered(items("Notice sent", "Restore point taken", "Servers rebooted", "Services probed"))


def test_items_keep_their_ids_wherever_they_go() -> None:
    assert keys(BEFORE) == [1, 2, 3, 4]
    moved = items("Services probed", "Notice sent", "Log read", "Servers rebooted")
    assert keys(numbered(moved, BEFORE)) == [4, 1, 5, 3]


def test_another_wording_in_the_same_place_is_the_same_item() -> None:
    changed = items("Notice sent to all", "Restore point taken", "Servers restarted in order", "Services probed")
    assert keys(numbered(changed, BEFORE)) == [1, 2, 3, 4]
    inserted = items("Notice sent", "Restore points taken", "Servers rebooted", "Log read", "Services probed")
    assert keys(numbered(inserted, BEFORE)) == [1, 2, 3, 5, 4]


def test_another_question_in_the_same_place_is_another_item() -> None:
    assert keys(numbered(items("Notice sent", "Phone list printed", *[i.text for i in BEFORE[2:]]), BEFORE))[1] == 5
    value = (*BEFORE[:3], Item("Services probed well", kind=Kind.VALUE, unit="ms"))
    assert keys(numbered(value, BEFORE)) == [1, 2, 3, 5]


def test_what_was_taken_off_is_itself_when_it_comes_back() -> None:
    shorter = numbered(items("Notice sent", "Services probed"), BEFORE, BEFORE)
    again = numbered(items("Notice sent", "Servers rebooted", "Services probed"), shorter, (*shorter, *BEFORE))
    assert keys(again) == [1, 3, 4]
    assert keys(numbered(BEFORE, shorter, (*shorter, *BEFORE))) == [1, 2, 3, 4]
    assert keys(numbered(items("a"), (), BEFORE)) == [5]


TEXTS = st.lists(st.sampled_from(["a", "b", "b b", "abcdefg", "abcdefh", "x y z"]), max_size=6).map(
    lambda t: items(*t)
)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_no_id_comes_twice_and_an_unchanged_list_keeps_all(before: tuple[Item, ...], after: tuple[Item, ...]) -> None:
    old = numbered(before)
    new = numbered(after, old, old)
    assert len(set(keys(new))) == len(after)
    assert numbered(before, old, old) == old
    assert numbered(new, old, (*new, *old)) == new
    for item in new:
        was = [each for each in old if each.id == item.id]
        assert not was or replace(was[0], text="", id=0) == replace(item, text="", id=0)
