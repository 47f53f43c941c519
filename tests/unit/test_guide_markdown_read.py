"""A guide that goes out as Markdown and comes back is the same guide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.files import Kept
from deskmate.domain.guide import Branch, Caution, Content, Step, Then, tidy
from deskmate.domain.picture import Picture, Review
from deskmate.domain.user_guide import UserGuide, UserPicture, project
from deskmate.formats import guide_markdown
from deskmate.formats.guide_import import Brought, read
from deskmate.formats.guide_markdown_read import read as read_text

WORDS = st.text(
    st.sampled_from(list("ab1. #*_[]()<>&`\\-+=~|!$:→\n{}'\"")) | st.characters(exclude_categories=("C",)),
    max_size=25,
)
Texts = tuple[str, str, str, str, Caution]
LINES = WORDS.map(lambda typed: typed.replace("\n", " "))


def content_of(steps: list[Texts], title: str, language: str, words: list[str]) -> Content:
    made = tuple(
        Step(f"k{place}", action, where, expect, detail, caution=caution)
        for place, (action, where, expect, detail, caution) in enumerate(steps)
    )
    branches = (
        Branch(steps[0][1] or "it stays grey", Then.STEP, "k0"),
        Branch("x → y", Then.CONTACT, steps[0][1]),
        Branch("no [OK]", Then.STOP, ""),
        Branch("other", Then.STOP, "close → it"),
    )
    made = (replace(made[0], branches=branches), *made[1:])
    return tidy(Content(f"T{title}", steps[0][0], tuple(words), language=language, needs=tuple(words), steps=made))


STEPS = st.lists(st.tuples(WORDS, LINES, WORDS, WORDS, st.sampled_from(Caution)), min_size=1, max_size=3)


@given(STEPS, LINES, st.sampled_from(["en", "de", "fr", "es", "nl"]), st.lists(LINES, max_size=2))
def test_what_goes_out_comes_back(steps: list[Texts], title: str, language: str, words: list[str]) -> None:
    sent = project(content_of(steps, title, language, words), slug="g", pictures={})
    text = guide_markdown.write(sent)["guide.md"].decode()
    assert again(read_text(text).content) == sent


def again(content: Content, pictures: dict[str, UserPicture] | None = None) -> UserGuide:
    looked_at = replace(content, steps=tuple(replace(step, reviewed=True) for step in content.steps))
    return project(looked_at, slug="g", pictures=pictures or {})


def test_pictures_come_back_with_their_words(tmp_path: Path) -> None:
    shown = UserPicture(b"\x89PNG one", "image/png", 4, 3, "The [OK] window")
    kept = Picture("p1", Kept("x.png", 1, "a" * 64), 4, 3, shown.alt, (), Review.CLEAN)
    two = Step("k1", "Close", pictures=(kept, replace(kept, key="p2")))
    content = Content("Mail", steps=(Step("k0", "Open"), two))
    sent = project(content, slug="g", pictures={"p1": shown, "p2": replace(shown, data=b"\x89PNG two")})
    for name, data in guide_markdown.write(sent).items():
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (brought,) = read(str(tmp_path / "out"))
    assert isinstance(brought, Brought)
    assert [(each.step, each.data, each.alt) for each in brought.pictures] == [
        (1, b"\x89PNG one", "The [OK] window"),
        (1, b"\x89PNG two", "The [OK] window"),
    ]
    assert not brought.notes
