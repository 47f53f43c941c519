"""The words of the shell that need to know the screen: its keys, or the app itself."""

from __future__ import annotations

import os
import sys
from typing import Any

from deskmate import paths
from deskmate.domain.text import safe
from deskmate.errors import DONE, REFUSED


def config(said: Any, folder: str) -> int:
    """``config path`` prints where the settings are looked for; ``config check`` says what is wrong with them."""
    path = paths.config_file()
    if said.words == ["path"]:
        sys.stdout.write(f"{safe(path)}\n")
        return DONE
    if said.words != ["check"]:
        raise said.wrong("Say config check, or config path.")
    from deskmate.config import load
    from deskmate.tui.actions.own_keys import own_keys

    found = load(path)
    remarks = (*found.remarks, *own_keys(found.keys)[1])
    for remark in remarks:
        sys.stdout.write(f"{safe(f'{path}, {remark}' if remark.line else f'{path}: {remark}')}\n")
    if remarks:
        sys.stderr.write("What is named is ignored; the rest is in force.\n")
        return REFUSED
    state = "is in order" if os.path.exists(path) else "does not exist, so everything is as it comes"
    sys.stderr.write(f"{safe(path)} {state}.\n")
    return DONE
