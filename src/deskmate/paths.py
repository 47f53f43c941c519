"""Where things live. Computed with ``os`` alone, because the shell's fast paths may import nothing more.

The folders are those of platformdirs; a test holds the two equal on each system.
"""

import os
import sys

APP = "deskmate"


def data_dir() -> str:
    """The data folder: ``DESKMATE_DATA_DIR``, else the user's data folder of this system."""
    return os.environ.get("DESKMATE_DATA_DIR") or _user_dir("data")


def config_file() -> str:
    """The settings file: ``DESKMATE_CONFIG``, else ``config.toml`` in the user's config folder."""
    return os.environ.get("DESKMATE_CONFIG") or os.path.join(_user_dir("config"), "config.toml")


def database(folder: str) -> str:
    """The one database file of a data folder."""
    return os.path.join(folder, "deskmate.db")


def crash_log(folder: str) -> str:
    """Where faults are kept: their kind and place, never what was typed."""
    return os.path.join(folder, "deskmate.log")


def _user_dir(kind: str) -> str:
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), APP, APP)
    variable, default = {
        "data": ("XDG_DATA_HOME", os.path.join(home, ".local", "share")),
        "config": ("XDG_CONFIG_HOME", os.path.join(home, ".config")),
    }[kind]
    if sys.platform == "darwin":
        default = os.path.join(home, "Library", "Application Support")
    base = os.environ.get(variable, "").strip()
    return os.path.join(base if os.path.isabs(base) else default, APP)
