"""What every test may rely on: a machine of its own."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No deadlines: a slow machine is not a wrong answer. CI asks the same questions each time.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

ZONE = "Europe/Berlin"
"""Where all tests live: a zone with summer time, so that mixing up local and UTC shows."""

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


@pytest.fixture(autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test an empty home, data folder, configuration, a fixed zone and a plain terminal.

    Yields the folder that holds them. The umask and the zone of the process are put back afterwards.
    """
    folder = tmp_path_factory.mktemp("machine")
    home = folder / "home"
    home.mkdir()
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


def _tell_the_c_library() -> None:
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
