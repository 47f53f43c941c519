"""What every test may rely on: a machine of its own."""

import gc
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

# No deadlines: a slow machine is not a wrong answer. CI asks the same questions each time.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

ZONE = "Europe/Berlin"
"""Where all tests live: a zone with summer time, so that mixing up local and UTC shows."""

IN_MEMORY = Path("/dev/shm")
ROOM = 1 << 30
"""Bytes that have to be free there before tests work there; a whole run leaves a fifth of that."""

_NUMBERS = count(1)
_UNSET = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "SSH_CONNECTION",
    "TMUX",
)


def pytest_configure() -> None:
    """Put the folders of the tests into memory where there is room: no test measures a disk.

    Everything is synced as ever, but a sync has nothing to wait for. A kill loses no more there than on a disk,
    and power cuts are played on what was written and synced, see tests/support/power.py.
    """
    if os.access(IN_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ.setdefault("TMPDIR", str(IN_MEMORY))
        tempfile.tempdir = None  # pytest has asked before


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end: no need to look through them again and again."""
    if "sqlalchemy" in sys.modules:
        from tests.support import statements

        statements.share()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


@pytest.fixture(autouse=True)
def own_machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give the test an empty home, data folder, configuration, a fixed zone and a plain terminal.

    Yields the folder that holds them. The umask and the zone of the process are put back afterwards.
    """
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{next(_NUMBERS)}_{name}"
    home = folder / "home"
    home.mkdir(mode=0o700, parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("APPDATA", str(home / "AppData" / "Roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "AppData" / "Local"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / ".local" / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".local" / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / ".cache"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
    monkeypatch.setenv("DESKMATE_DATA_DIR", str(folder / "data"))
    monkeypatch.setenv("DESKMATE_CONFIG", str(folder / "config.toml"))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)

    zone_before = os.environ.get("TZ")
    os.environ["TZ"] = ZONE
    _tell_the_c_library()
    mask = os.umask(0o077)
    os.umask(mask)
    try:
        yield folder
    finally:
        os.umask(mask)
        if zone_before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = zone_before
        _tell_the_c_library()


@pytest.fixture
def tmp_path(own_machine: Path) -> Path:
    """An empty folder. Pytest's own looks through the folders of all tests before to find a free number."""
    folder = own_machine / "tmp"
    folder.mkdir(mode=0o700)
    return folder


def _tell_the_c_library() -> None:
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
