"""``checklist``: made of text, changed, shown and passed on in the shell."""

import pytest

from tests.cli.conftest import Shell

MORNING = b"""# Morning look

* Minutes: 8

- [ ] Night backup jobs all green
- [ ] Free space on the file server
  - value: %, 15 or more
"""


def test_a_checklist_is_made_of_a_text_and_dropped_by_the_beginning_of_its_name(shell: Shell) -> None:
    made = shell("checklist", "new", "-", stdin=MORNING)
    assert (made.code, made.out) == (0, "saved “Morning look”\n")
    again = shell("checklist", "new", "-", stdin=MORNING)
    assert again.code == 1
    assert "“Morning look” is a checklist already" in again.err
    assert shell("checklist", "drop", "morn").out == "dropped “Morning look”\n"
    assert "No checklist goes by" in shell("checklist", "drop", "morn").err


def test_a_broken_line_is_named_with_its_file_and_nothing_is_made(shell: Shell) -> None:
    broken = shell("checklist", "new", "-", stdin=MORNING.replace(b"15 or", b"fifteen or"))
    assert broken.code == 1
    assert "-, line 7: “fifteen or more” is no limit" in broken.err
    assert shell("checklist", "new", "-", stdin=MORNING).code == 0


@pytest.mark.parametrize("argv", [["checklist"], ["checklist", "lsit"], ["checklist", "new"]])
def test_a_word_that_is_not_understood_says_what_there_is(shell: Shell, argv: list[str]) -> None:
    ended = shell(*argv)
    assert ended.code == 2
    assert "checklist" in ended.err
