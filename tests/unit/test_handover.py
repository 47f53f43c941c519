"""The texts of several requests as one, and apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.handover import joined, parted
from deskmate.domain.request import Refused

WORDS = (
    st.text("abc \n━D-1", max_size=30)
    .filter(lambda text: text.strip("\n") and "━━━" not in text)
    .map(lambda text: f"x{text}x")
)


@given(st.dictionaries(st.integers(1, 99), WORDS, min_size=1, max_size=4), st.sampled_from(["", "For all of them."]))
def test_each_gets_its_own_words_and_those_for_all(texts: dict[int, str], before: str) -> None:
    apart = parted(f"{before}\n{joined(texts)}" if before else joined(texts), tuple(texts))
    assert apart == {number: (f"{before}\n\n" if before else "") + text for number, text in texts.items()}


@pytest.mark.parametrize(
    ("whole", "why"),
    [
        ("━━━ D-1 ━━━\na\nb", "Each needs its line as it was: ━━━ D-2 ━━━"),
        ("━━━ D-1 ━━━\na\n━━━ D-2 ━━━\nb\n━━━ D-3 ━━━\nc", "Each needs its line"),
        ("━━━ D-1 ━━━\na\n━━━ D-2 ━━━\n \n", "nothing to hand over below D-2"),
    ],
)
def test_words_whose_owner_is_not_plain_are_refused(whole: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parted(whole, (1, 2))
