"""``guide check``: what could be plainer, in the shell."""

from __future__ import annotations

import json

from tests.cli.conftest import Shell


def test_what_could_be_plainer_is_said_with_its_reason(shell: Shell) -> None:
    shell("guide", "new", "Reach the drives")
    said = shell("guide", "check", "reach")
    assert said.code == 0
    assert said.out == "no words in which users say the problem. They look for what they see, not for its name.\n"
    found = json.loads(shell("guide", "check", "reach", "--json").out)
    assert found["to_look_at"] == []
    assert [(each["step"], each["leaks"]) for each in found["findings"]] == [("", False)]
    assert "No guide goes by" in shell("guide", "check", "other").err
