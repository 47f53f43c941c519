"""The option parser: exact names, nothing typed is lost, and errors that help."""

import pytest

from deskmate.cli.table import WORDS, Option, Word
from deskmate.cli.words import Said, choice, numbers, of_family, parse
from deskmate.errors import UsageError

STRICT = Word(
    "fix D-n [--text TEXT] [--tag T]… [--json]",
    "mend it",
    Option("--text", "TEXT", ""),
    Option("--tag", "T…", ""),
    Option("--json", "", ""),
    group="",
    where="x.y",
)
OPEN = Word("say TEXT…", "say it", *STRICT.options, group="", where="x.y", takes_any=True)


def test_values_flags_and_words() -> None:
    said = parse(STRICT, ["1", "--text", "a b", "--tag=x=y", "--tag", "", "--json", "2"])
    assert said.words == ["1", "2"]
    assert said.value("--text") == "a b"
    assert said.values("--tag") == ["x=y", ""]
    assert said.has("--json")
    assert not said.has("--data")
    assert said.value("--data") is None


def test_the_last_value_counts() -> None:
    assert parse(STRICT, ["--text", "a", "--text=b"]).value("--text") == "b"


@pytest.mark.parametrize("item", ["--jsn", "--json=yes", "-x", "--", "--Text"])
def test_unknown_options_are_refused_or_kept(item: str) -> None:
    said = parse(OPEN, ["a", item, "b"])
    assert said.words == ["a", item, "b"]
    assert said.kept == ([item] if item.startswith("--") and item != "--" else [])
    if item == "--":
        return
    with pytest.raises(UsageError) as refused:
        parse(STRICT, [item])
    assert refused.value.hint == "usage: deskmate fix D-n [--text TEXT] [--tag T]… [--json]"
    assert item.partition("=")[0] in refused.value.message


def test_the_nearest_option_is_named() -> None:
    with pytest.raises(UsageError, match=r"Did you mean “--json”\?"):
        parse(STRICT, ["--jsno"])


@pytest.mark.parametrize("argv", [["--text"], ["--text", "--json"]])
@pytest.mark.parametrize("word", [STRICT, OPEN])
def test_a_missing_value_is_refused(word: Word, argv: list[str]) -> None:
    with pytest.raises(UsageError, match="--text needs a value"):
        parse(word, argv)


def test_two_dashes_end_the_options() -> None:
    assert parse(STRICT, ["1", "--", "--json", "--"]).words == ["1", "--json", "--"]
    assert parse(OPEN, ["--json", "--", "--json", "is"]).words == ["--json", "is"]


def test_lone_dashes_are_words() -> None:
    assert parse(STRICT, ["-", "+"]).words == ["-", "+"]


def test_numbers_in_every_spelling_each_once() -> None:
    said = Said(STRICT)
    assert numbers(said, ["D-3", "d2", "#1", "3", "02"]) == (3, 2, 1)
    for wrong in (["x"], ["-1"], ["1.5"], [], ["٣"]):
        with pytest.raises(UsageError):
            numbers(said, wrong)


def test_a_choice_is_made_by_its_words() -> None:
    choices = {"wait": 1, "can wait": 2}
    for typed in ("can wait", "CAN-wait", " can  wait "):
        assert choice(parse(STRICT, ["--text", typed]), "--text", choices) == 2
    assert choice(parse(STRICT, []), "--text", choices) is None
    with pytest.raises(UsageError, match="it is one of wait, can wait"):
        choice(parse(STRICT, ["--text="]), "--text", choices)


def test_every_usage_names_every_option() -> None:
    words = [each for word in WORDS.values() for each in (word, *of_family(word).values())]
    for word in words:
        assert word.usage.startswith(f"{word.name} ") or word.usage == word.name
        assert [option.name for option in word.options if option.name not in word.usage] == []
