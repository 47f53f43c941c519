"""``dnd`` as it is typed."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Shell


def test_on_away_and_off(shell: Shell) -> None:
    assert re.fullmatch(r"DND until .*\d\d:\d\d\n", shell("dnd", "on").out)
    ended = shell("dnd", "away", "--for", "1h30m", "--say", "with a colleague", "--json")
    assert re.fullmatch(r"AWAY until .*\d\d:\d\d: with a colleague", ended.json["label"])
    assert shell("dnd", "off").out.startswith("back to the hours: ")
    assert shell("dnd", "off").code == 1
    assert shell("undo").code == 0
    assert shell("dnd", "on", "--until", "+2h").code == 0


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        ((), 2, "Say on, off or away."),
        (("of",), 2, "dnd can not be “of”: say on, off or away."),
        (("on", "--for", "0m"), 2, "--for can not be “0m”: say 45m, 2h or 1h30m."),
        (("on", "--until", "25:00"), 2, "--until can not be “25:00”"),
        (("on", "--until", "2020-01-01"), 1, "Until: Wed 1 Jan 2020 09:00 has passed already; say a later time."),
        (("on", "--for", "45m", "--until", "eod"), 2, "Say --for or --until, not both."),
        (("off", "--for", "45m"), 2, "needs no end"),
    ],
)
def test_what_can_not_be(shell: Shell, argv: tuple[str, ...], code: int, says: str) -> None:
    ended = shell("dnd", *argv)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
