"""The benchmarks run. How fast anything is depends on the machine, so nothing here says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("group", ["pages", "import", "office", "pictures"])
def test_the_bench_prints_ratios(group: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--only", group, "--data", str(tmp_path / "desks")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith(group)]
    assert lines
    for line in lines:
        assert re.search(r" \d+\.\d+ +([≤≥] [\d.]+ +(met|missed) +)?[\d,.]+ (µs|ms|rows/s)", line), line
    assert re.search(r"^\d+ of \d+ goals met\.$", done.stdout, re.MULTILINE)


def test_a_desk_is_sound_and_of_the_size_asked_for(tmp_path: Path) -> None:
    from bench import data
    from tests.support.desks import assert_sound, looking

    folder = data.desk(tmp_path, data.scale("500"))
    assert data.desk(tmp_path, data.scale("500")) == folder
    with looking(folder) as conn:
        assert_sound(conn)
        assert conn.execute("SELECT count(*) FROM request").fetchone() == (500,)
        (opened,) = conn.execute("SELECT count(*) FROM request WHERE shelf = 'now'").fetchone()
        assert 50 < opened < 150
