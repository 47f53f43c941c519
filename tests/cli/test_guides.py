"""``guide``: made, found, changed as text, published, compared and taken away in the shell."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.test_checklists import editor

PRINT = rb"""Print at home

Users say: no paper

1. Open [Settings].
   Click C:\[x].
   where: Start menu
2. Choose the printer.
   if: It is not there
   then: step 1
"""


@pytest.fixture
def made(shell: Shell) -> Shell:
    """The shell where a guide was made of a plain text."""
    assert shell("guide", "new", "-", stdin=PRINT).out == "new guide “Print at home”\n"
    return shell


def test_a_guide_is_made_of_a_title_or_a_text_and_found_by_its_words(made: Shell) -> None:
    assert made("guide", "new", "Connect", "to", "the", "--VPN").out == "new guide “Connect to the --VPN”\n"
    assert made("guide", "list").out == "Connect to the --VPN  draft\nPrint at home         draft\n"
    assert made("guide", "list", "pap").out == "Print at home  draft\n"
    assert made("guide", "list", "pap", "zz").err == "No guide has “pap zz” in it.\n"
    (line,) = made("guide", "list", "choose", "--json").json
    assert (line["slug"], line["state"], line["revision"]) == ("print-at-home", "draft", None)
    shown = made("guide", "show", "print", "--json").json
    assert shown["steps"][0]["action"] == "Open [Settings].\nClick C:\\[x]."
    assert shown["steps"][1]["if_not"] == [{"if": "It is not there", "then": "step", "to": shown["steps"][0]["key"]}]
    again = made("guide", "new", "-", stdin=made("guide", "show", "print").out.replace("home", "work").encode())
    assert again.out == "new guide “Print at work”\n"
    assert "is in several: “Print at home”, “Print at work”" in made("guide", "show", "print").err
    broken = made("guide", "new", "-", stdin=b"# A\n1. x\nwher: y\n")
    assert (broken.code, "-, line 3: no field “wher”: did you mean where?" in broken.err) == (1, True)


def test_what_was_published_stays_and_is_compared_and_restored(made: Shell, desk_folder: Path) -> None:
    assert "Nothing was published yet." in made("guide", "diff", "print").err
    assert made("guide", "publish", "print", "--reason", "first").out == "published “Print at home”, revision 1\n"
    with pytest.MonkeyPatch.context() as patch:
        editor(desk_folder, patch, "text.replace('Choose the', 'Choose your').replace('# Print', '# Print 2')")
        assert made("guide", "edit", "print").out == "changed “Print 2 at home”\n"
    found = made("guide", "diff", "Print", "2").out.split("\n")  # the number belongs to the title
    assert found[:3] == ["title", "step 2: what to do", ""]
    assert found.index("- 2. Choose the printer.") + 1 == found.index("+ 2. Choose your printer.")
    made("guide", "publish", "print", "--reason", "clearer")
    said = made("guide", "revisions", "print").out.split("\n")
    assert said[0].endswith(": clearer")
    assert said[1:3] == ["  title", "  step 2: what to do"]
    assert said[3].endswith(": first")
    assert made("guide", "diff", "print", "1", "2", "--json").json["changes"] == ["title", "step 2: what to do"]
    assert made("guide", "restore", "print", "1").out == "“Print at home” is as it was in revision 1\n"
    assert "has no revision 7: there is 1, 2" in made("guide", "restore", "print", "7").err
    assert "Choose your" in made("guide", "show", "print", "--revision", "2").out


def test_what_is_typed_in_the_editor_is_kept_when_it_can_not_be_saved(
    made: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made("guide", "new", "Scan")
    editor(
        tmp_path,
        monkeypatch,
        "text.replace('Minutes:', 'Minutes: ten')",
        "text.replace('<!-- deskmate: minutes are a number from 1 to 1,440 -->\\nMinutes: ten', 'Minutes: 9')",
        "text + '\\n\\n'",
        "text.replace('Print at home', 'Scan')",
    )
    assert made("guide", "edit", "print").out == "changed “Print at home”\n"
    keys = [step["key"] for step in made("guide", "show", "print", "--json").json["steps"]]
    assert made("guide", "edit", "print").err == "Nothing was changed.\n"
    ended = made("guide", "edit", "print")
    assert "“Scan” is a guide already" in ended.err
    path = Path(ended.err.split("Your text is in ")[1].splitlines()[0].rstrip("."))
    assert "# Scan\n" in path.read_text()
    shown = made("guide", "show", "print", "--json").json
    assert (shown["minutes"], [step["key"] for step in shown["steps"]]) == (9, keys)


def test_a_guide_is_looked_at_put_aside_and_dropped(made: Shell) -> None:
    assert made("guide", "review", "print", "--by", "4 jan").out == "“Print at home” is still true\n"
    assert made("guide", "review", "print", "--by", "soon").code == 2
    assert made("guide", "list").out == "Print at home  draft                   look by 2027-01-04\n"
    made("guide", "archive", "print")
    assert made("guide", "list").out == ""
    assert "archived" in made("guide", "list", "--archived").out
    made("guide", "archive", "print", "--back")
    assert made("guide", "drop", "print").out == "dropped “Print at home”\n"
    assert "No guide goes by “print”" in made("guide", "show", "print").err


def test_the_glossary_says_words_plainly(shell: Shell) -> None:
    assert shell("guide", "glossary", "DNS", "the", "address", "book").out == "“DNS”: the address book\n"
    shell("guide", "glossary", "Teams")
    assert shell("guide", "glossary").out == "DNS    the address book\nTeams  needs no plain words\n"
    shell("guide", "glossary", "teams", "--drop")
    assert shell("guide", "glossary", "--json").json == [{"word": "DNS", "plain": "the address book"}]
