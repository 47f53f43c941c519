"""What a command may load. The fast commands are fast because of what they leave alone.

Each case runs ``main`` in a process of its own that starts without ``site``: start-up files of the
environment (editable installs, coverage) load modules too, and would hide what the command loads.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import deskmate

SOURCE = str(Path(deskmate.__file__).parents[1])
HEAVY = {"textual", "rich", "pydantic", "sqlalchemy", "sqlmodel", "PIL"}
TIME = {"dateutil", "holidays", "icalendar", "zoneinfo", "tzdata"}
"""Until a zone or a rule is said, the time of this machine needs none of them."""
SLOW = {"re", "pathlib", "typing", "dataclasses", "platformdirs", "tomllib", "filelock", "argparse"}

RUN_MAIN = """
import sys
sys.path[1:1] = sys.argv[2].split({separator!r})
from deskmate.__main__ import main
report, argv = sys.argv[1], sys.argv[3:]
sys.argv[1:] = argv
code = main(argv)
sys.stdout.flush()
loaded = sorted(sys.modules)
with open(report, "w", encoding="utf-8") as file:
    file.write("\\n".join([str(int(code or 0)), *loaded]))
"""


def loaded_by(folder: Path, *argv: str) -> set[str]:
    """Top-level names of the modules that ``deskmate ARGV…`` loads; the command has to succeed."""
    report = folder / "report"
    places = os.pathsep.join([SOURCE, *{sysconfig.get_path(name) for name in ("purelib", "platlib")}])
    code = RUN_MAIN.format(separator=os.pathsep)
    result = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code, str(report), places, *argv],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    status, *modules = report.read_text(encoding="utf-8").splitlines()
    assert status == "0", result.stderr
    return {module.split(".")[0] for module in modules}


def test_the_holidays_of_the_world_are_loaded_by_nothing_but_their_use() -> None:
    code = "import sys, deskmate.tui.app, deskmate.services.dispatch; print('holidays' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "False"


@pytest.fixture(params=["--data", "DESKMATE_DATA_DIR", "default folder"])
def where(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The three ways to name the data folder, as the arguments to add."""
    if request.param == "--data":
        return ["--data", str(tmp_path / "named")]
    if request.param == "default folder":
        monkeypatch.delenv("DESKMATE_DATA_DIR")
    return []


def test_a_bare_start_loads_none_of_the_watched() -> None:
    """Otherwise the tests below would be blind."""
    bare = subprocess.run(
        [sys.executable, "-S", "-E", "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert not (HEAVY | TIME | SLOW) & set(bare.stdout.split())


def test_the_package_itself_loads_nothing() -> None:
    code = (
        "import sys; before = set(sys.modules); sys.path.insert(0, sys.argv[1])\n"
        "import deskmate; print(set(sys.modules) - before)"
    )
    result = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code, SOURCE], capture_output=True, encoding="utf-8", check=True
    )
    assert result.stdout.strip() == "{'deskmate'}"


def test_version_loads_nothing_heavy(tmp_path: Path) -> None:
    assert not (HEAVY | SLOW | {"sqlite3"}) & loaded_by(tmp_path, "--version")


def test_adding_loads_the_least(tmp_path: Path, where: list[str]) -> None:
    first = loaded_by(tmp_path, "add", "makes the folder", *where)
    second = loaded_by(tmp_path, "add", "printer jams again", *where)
    assert not (HEAVY | TIME) & first
    assert not (HEAVY | TIME | SLOW) & second
    assert not (HEAVY | TIME | SLOW) & loaded_by(tmp_path, "add", "and it is tray 2", "--join", "D-1", *where)
    loaded_by(tmp_path, "dnd", "on", *where)
    assert not (HEAVY | TIME | SLOW) & loaded_by(tmp_path, "add", "and it is held", *where)


@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["list", "printer"],
        ["list", "--json"],
        ["show", "D-1"],
        ["show", "D-1", "--json"],
        ["next"],
        ["next", "--json"],
        ["promises", "--json"],
        ["person", "list"],
        ["device", "list", "--json"],
        ["hours"],
        ["dnd", "on"],
        ["dnd", "rules"],
        ["status"],
        ["status", "--format", "waybar"],
        ["sign"],
        ["notice"],
        ["checklist", "starters"],
        ["guide", "list", "vpn"],
        ["guide", "glossary", "--json"],
    ],
    ids=" ".join,
)
def test_reading_loads_nothing_heavy(tmp_path: Path, argv: list[str]) -> None:
    loaded_by(tmp_path, "add", "printer jams again")
    assert not (HEAVY | TIME) & loaded_by(tmp_path, *argv)


def test_reading_a_guide_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded_by(tmp_path, "guide", "new", "Print at home")
    assert not (HEAVY | TIME) & loaded_by(tmp_path, "guide", "show", "print")
