"""Our own few lines find the same folders as platformdirs does."""

from __future__ import annotations

import os
import sys

import platformdirs
import pytest
from platformdirs import windows
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from deskmate import paths


@pytest.fixture
def no_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DESKMATE_DATA_DIR", "DESKMATE_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


SETTINGS = [
    {},
    {"XDG_DATA_HOME": "/srv/data", "XDG_CONFIG_HOME": "/srv/config"},
    {"XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "relative/config"},
    {"XDG_DATA_HOME": "/srv/with space/", "XDG_CONFIG_HOME": "/srv//twice"},
    {"HOME": "/home/somebody else"},
    {"LOCALAPPDATA": "/home/local"},
]


def set_all(monkeypatch: pytest.MonkeyPatch, wishes: dict[str, str]) -> None:
    for name, value in wishes.items():
        monkeypatch.setenv(name, value)


def found() -> tuple[str, str]:
    config = paths.config_file()
    assert os.path.basename(config) == "config.toml"
    return os.path.normpath(paths.data_dir()), os.path.normpath(os.path.dirname(config))


@pytest.mark.parametrize("wishes", SETTINGS, ids=str)
def test_on_this_system(no_wishes: None, monkeypatch: pytest.MonkeyPatch, wishes: dict[str, str]) -> None:
    set_all(monkeypatch, wishes)
    assert found() == (
        os.path.normpath(platformdirs.user_data_dir(paths.APP)),
        os.path.normpath(platformdirs.user_config_dir(paths.APP)),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="its paths are spelt in another way")
@pytest.mark.parametrize(("platform", "kind"), [("linux", Unix), ("darwin", MacOS), ("win32", windows.Windows)])
@pytest.mark.parametrize("wishes", SETTINGS, ids=str)
def test_on_each_system(
    no_wishes: None,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    kind: type[Unix | MacOS | windows.Windows],
    wishes: dict[str, str],
) -> None:
    set_all(monkeypatch, wishes)
    monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)  # no registry here
    theirs = kind(paths.APP)
    expected = os.path.normpath(theirs.user_data_dir), os.path.normpath(theirs.user_config_dir)
    monkeypatch.setattr(sys, "platform", platform)
    assert found() == expected


def test_a_folder_and_a_file_that_are_named_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKMATE_DATA_DIR", "/srv/desk")
    monkeypatch.setenv("DESKMATE_CONFIG", "/srv/desk.toml")
    assert (paths.data_dir(), paths.config_file()) == ("/srv/desk", "/srv/desk.toml")
    assert paths.database("/srv/desk") == os.path.join("/srv/desk", "deskmate.db")


def test_an_empty_name_is_none(no_wishes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = paths.data_dir(), paths.config_file()
    monkeypatch.setenv("DESKMATE_DATA_DIR", "")
    monkeypatch.setenv("DESKMATE_CONFIG", "")
    assert (paths.data_dir(), paths.config_file()) == expected
