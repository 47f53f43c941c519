"""kill -9 at any moment: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.desks import SOURCE, assert_sound, line, looking, opened

ROUNDS = Path(__file__).with_name("kill_rounds.py")


def killed(folder: Path, rounds: int, kind: str) -> dict[str, Any]:
    words = [sys.executable, str(ROUNDS), SOURCE, str(folder), str(rounds), "1", kind]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("kind", "rounds"),
    [
        ("captures", 40),
        ("commands", 20),
        pytest.param("captures", 1_000, marks=pytest.mark.prove),
        pytest.param("commands", 300, marks=pytest.mark.prove),
    ],
)
def test_nothing_acknowledged_is_lost(tmp_path: Path, kind: str, rounds: int, record_property: Any) -> None:
    folder = tmp_path / "data"
    found = killed(folder, rounds, kind)
    record_property("found", found)
    print(f"{kind}: {found}")  # noqa: T201 - the figures, shown by pytest -s
    assert (found["rounds"], found["lost"], found["unsound"]) == (rounds, 0, [])
    assert found["acknowledged"] >= rounds * 5
    assert found["hot"] > rounds / 2, "hardly any kill met a journal in use"
    with opened(folder) as desk:  # and it goes on
        number = desk.capture(line("after all that"))
        assert number > 0
    with looking(folder) as conn:
        assert_sound(conn)
        assert conn.execute("SELECT title FROM request WHERE id = ?", (number,)).fetchone() == ("after all that",)
