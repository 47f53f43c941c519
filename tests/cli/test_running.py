"""A checklist gone through in the shell."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell

ROUND = b"""# Patch round

* Mode: in order

- [ ] Notice sent
- [ ] Free space
  - value: %, 15 or more
- [ ] Restore point
  - evidence
"""


def begun(shell: Shell) -> None:
    made = shell("checklist", "new", "-", stdin=ROUND)
    assert made.code == 0, made.err


def test_a_list_is_begun_ticked_and_finished(shell: Shell, tmp_path: Path) -> None:
    begun(shell)
    assert "No run of it goes on" in shell("checklist", "tick", "patch", "1").err
    shown = shell("checklist", "run", "patch")
    assert shown.out.splitlines()[:2] == ["Patch round  ad hoc, in order, 0 of 3 done", "[ ]  1 Notice sent"]
    assert "1 Notice sent comes first" in shell("checklist", "tick", "patch", "2", "--value", "12").err
    assert shell("checklist", "tick", "patch", "notice").out == "done: 1 Notice sent\n"
    failed = shell("checklist", "tick", "patch", "2", "--value", "12,5 %")
    assert failed.out == "failed: 2 Free space, 12.5 %\n"
    assert "--failed makes a request" in failed.err
    assert shell("checklist", "tick", "patch", "2", "--failed", "--json").json["requests"] == ["D-1"]
    assert "2 Free space comes" not in shell("checklist", "tick", "patch", "3").err
    assert "3 Restore point is open" in shell("checklist", "finish", "patch").err
    proof = tmp_path / "proof.txt"
    proof.write_text("restored")
    assert shell("checklist", "tick", "patch", "3", "--evidence", str(proof)).code == 0
    items = shell("checklist", "run", "patch", "--json").json["items"]
    assert [item["verdict"] for item in items] == ["done", "failed", "done"]
    assert items[2]["evidence"][0]["name"] == "proof.txt"
    ended = shell("checklist", "finish", "patch", "--note", "well", "--done", "1m ago", "--json").json
    assert ended["label"] == "Patch round done with 1 finding, ad hoc"
    assert ended["counted_at"] < ended["ended_at"]
    assert shell("undo").code == 0
    assert shell("checklist", "run", "patch", "--json").json["state"] == "open"


def test_a_list_is_run_for_a_request_and_its_next_day_is_said(shell: Shell, tmp_path: Path) -> None:
    listed = tmp_path / "starter.md"
    listed.write_text("# Starter\n\n- [ ] Order laptop\n  - day: -3\n- [ ] First sign-in\n  - day: 0\n")
    assert shell("checklist", "new", str(listed)).code == 0
    assert shell("add", "Mia starts", "--from", "Ana").code == 0
    assert "--for D-n" in shell("checklist", "run", "starter", "--needed", "fri").err
    begun = shell("checklist", "run", "starter", "--for", "D-1")
    assert "D-1 says no day" in begun.err
    assert shell("undo").code == 0
    begun = shell("checklist", "run", "starter", "--for", "D-1", "--needed", "1 dec 2031", "--json")
    assert [item["day"] for item in begun.json["items"]] == ["2031-11-28", "2031-12-01"], "a Saturday is not worked"
    assert "--for D-1 says so" in shell("checklist", "tick", "starter", "1").err
    assert shell("checklist", "tick", "starter", "1", "--for", "D-1").out == "done: 1 Order laptop\n"
    assert "Starter 1/2, next: First sign-in Mon 1 Dec 2031" in shell("show", "1").out
    assert shell("show", "1", "--json").json["runs"] == [
        {
            "run": 2,
            "checklist": "Starter",
            "state": "open",
            "marked": 1,
            "items": 2,
            "next": "First sign-in",
            "day": "2031-12-01",
        }
    ]
    for public in (shell("show", "1", "--public").out, shell("show", "1", "--public", "--json").out):
        assert "tarter" not in public
        assert "laptop" not in public
    assert "D-1: Starter: 1 of 2 open." in shell("resolve", "1").err
    shell("undo")
    assert shell("resolve", "1", "--checklist", "finish").err == ""
    assert "Starter done" in shell("show", "1").out


def test_what_can_not_be_is_refused_with_what_can(shell: Shell) -> None:
    begun(shell)
    shell("checklist", "run", "patch")
    for words, said in (
        (("tick", "patch", "9"), "No item begins with “9”"),
        (("tick", "patch", "1", "--na", ""), "say why it is not applicable"),
        (("tick", "patch", "1", "--failed", "--value", "3"), "can not both be"),
        (("tick", "patch", "1", "--evidence", "/nowhere"), "it is not there"),
        (("finish", "patch", "--done", "tomorrow"), "a time that has passed"),
        (("finish", "patch", "--count"), "no time to count it for"),
        (("skip", "patch", "--reason", "ill"), "It is for no date"),
        (("skip", "patch"), "--reason"),
        (("run", "nothing"), "No checklist goes by"),
    ):
        ended = shell("checklist", *words)
        assert ended.code != 0
        assert said in ended.err
    assert shell("checklist", "run", "patch", "--json").json["items"][0]["verdict"] is None
