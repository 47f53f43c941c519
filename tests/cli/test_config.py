"""``config``: where the settings are, and what is wrong with them."""

import os
from pathlib import Path

from tests.cli.conftest import Shell


def settings(text: str) -> Path:
    file = Path(os.environ["DESKMATE_CONFIG"])
    file.write_text(text, encoding="utf-8")
    return file


def test_path_says_where_it_is_looked_for(shell: Shell) -> None:
    assert shell("config", "path").out == f"{os.environ['DESKMATE_CONFIG']}\n"


def test_check_without_a_file_is_fine(shell: Shell) -> None:
    ended = shell("config", "check")
    assert (ended.code, ended.out) == (0, "")
    assert "does not exist, so everything is as it comes" in ended.err


def test_check_of_what_is_in_order_says_so(shell: Shell) -> None:
    file = settings('theme = "light"\n[keys]\nnote = "N"\n')
    assert (shell("config", "check").code, shell("config", "check").err) == (0, f"{file} is in order.\n")


def test_check_names_every_line_that_is_ignored(shell: Shell) -> None:
    file = settings('them = "light"\n[keys]\nnot = "N"\nnote = "x"\nundo = "ctrl+z"\n')
    ended = shell("config", "check")
    assert ended.code == 1
    assert ended.out.splitlines() == [
        f"{file}, line 1: “them” is no setting, did you mean “theme”?",
        f"{file}, line 3: there is no action “not”, did you mean “note”?",
        f"{file}, line 4: x is the key of resolve already, so note can not have it.",
        f"{file}, line 5: ctrl+z can not be the key of undo: terminals stop programs with it.",
    ]
    assert ended.err == "What is named has no effect; the rest is in force.\n"


def test_check_names_what_this_machine_does_not_have(shell: Shell) -> None:
    file = settings('[guides]\nregion = ["no-such-program", "{file}"]\nscreenshots = "~/no such folder"\n')
    assert shell("config", "check").out.splitlines() == [
        f"{file}: “guides.region” needs no-such-program, which is not installed.",
        f"{file}: “guides.screenshots” names ~/no such folder, which is no folder.",
    ]


def test_check_of_a_file_that_can_not_be_read_refuses(shell: Shell) -> None:
    file = settings("theme = \n")
    ended = shell("config", "check")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"deskmate: {file}, line 1: ")


def test_other_words_are_not_understood(shell: Shell) -> None:
    for words in ([], ["edit"], ["check", "more"]):
        assert shell("config", *words).code == 2
