"""Handing over from the shell: what the text holds, who it can go to, and how it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

CANARY = "CANARY-51c9"


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """D-1 with everything internal in it, and Petra, who is a vendor."""
    shell("add", "Printer jams", "--from", "Ana")
    shell("note", "1", f"{CANARY} she never reads what I write")
    shell("priority", "1", "P1")
    shell("tag", "1", "--add", f"{CANARY}-tag")
    shell("cause", "1", f"{CANARY} old fuser")
    shell("said", "1", "I am looking at it")
    shell("person", "add", "Petra Kern", "--kind", "vendor", "--email", "petra@example.com", "--details", CANARY)
    return shell


def test_it_holds_what_is_public_and_waits_on_them(desk: Shell) -> None:
    ended = desk("escalate", "1", "--to", "petra", "--found", "paper dust")
    assert ended.code == 0, ended.err
    assert ended.err.startswith("escalated to Petra Kern, chase ")
    for part in ("D-1 Printer jams", "asked by Ana", "Asked:", "Tried:", "Found:\npaper dust"):
        assert part in ended.out
    assert CANARY not in ended.out
    found = desk("show", "1", "--json").json
    assert (found["status"], found["waiting_on"], found["waiting_for"]) == ("waiting", "someone", "Petra Kern")
    assert "escalated: Petra Kern" in [entry["text"] for entry in found["entries"]]
    assert "paper dust" not in desk("show", "1", "--public").out, "what goes to a vendor is not the requester's"
    desk("undo")
    found = desk("show", "1", "--json").json
    assert found["waiting_on"] is None
    assert not any("paper dust" in entry["text"] for entry in found["entries"])


def test_it_leaves_by_what_the_settings_say(desk: Shell, own_machine: Path) -> None:
    kept = own_machine / "kept"
    (own_machine / "config.toml").write_text(
        f'[reply]\ndeliver = "command"\ncommand = ["tee", "{kept}"]\nfrom = "it@example.com"\n'
    )
    ended = desk("escalate", "1", "--to", "Petra Kern", "--send", "--json")
    assert ended.json["delivery"] == "sent"
    message = kept.read_text()
    assert "To: " in message
    assert "petra@example.com" in message
    assert CANARY not in message
    (own_machine / "config.toml").write_text(
        '[reply]\ndeliver = "command"\ncommand = ["false"]\nfrom = "it@example.com"\n'
    )
    desk("undo")
    ended = desk("escalate", "1", "--to", "Petra Kern", "--send")
    assert ended.code == 1
    assert "Not sent: " in ended.err
    assert "its text is kept" in ended.err
    assert desk("show", "1", "--json").json["waiting_for"] == "Petra Kern"


def test_only_ones_own_network_is_handed_to(desk: Shell) -> None:
    desk("person", "add", "Bea")
    for name in ("Bea", "Ana", "nobody"):
        ended = desk("escalate", "1", "--to", name)
        assert (ended.code, ended.out) == (1, "")
        assert "There are: Petra Kern." in ended.err
    assert desk("escalate", "1").code == 2
    desk("resolve", "1")
    assert "resolved already" in desk("escalate", "1", "--to", "Petra").err
