"""The page about the command line is what the table says."""

from pathlib import Path

from deskmate.cli import help
from deskmate.cli.table import WORDS
from deskmate.cli.words import of_family

EVERY = [each for word in WORDS.values() for each in (word, *of_family(word).values())]
PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == help.page(), "python -m deskmate.cli.help > docs/cli.md"


def test_every_word_leads_somewhere() -> None:
    for word in EVERY:
        if word.family:
            continue
        module = __import__(word.module, fromlist=[word.function])
        assert callable(getattr(module, word.function))


def test_explanations_fit_a_terminal() -> None:
    for word in EVERY:
        lines = help.about(word).splitlines()
        assert max(map(len, lines)) <= 110, word.name


def test_a_family_has_its_words_named_and_explained() -> None:
    for word in filter(of_family, WORDS.values()):
        about = help.about(word)
        for name, each in of_family(word).items():
            assert f"  {name}" in about
            assert help.about(each).startswith(f"usage: deskmate {word.name} {name}")
