"""The words of the shell that need to know the screen: its keys, or the app itself."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import Any

from deskmate import paths
from deskmate.domain.text import safe
from deskmate.errors import DONE, REFUSED, DeskmateError


def config(said: Any, folder: str) -> int:
    """``config path`` prints where the settings are looked for; ``config check`` says what is wrong with them."""
    path = paths.config_file()
    if said.words == ["path"]:
        sys.stdout.write(f"{safe(path)}\n")
        return DONE
    if said.words != ["check"]:
        raise said.wrong("Say config check, or config path.")
    from deskmate.config import Remark, load
    from deskmate.services import grab
    from deskmate.tui.actions.own_keys import own_keys

    found = load(path)
    lacking = (Remark(0, each) for each in grab.not_there(found.guides))
    remarks = (*found.remarks, *own_keys(found.keys)[1], *lacking)
    for remark in remarks:
        sys.stdout.write(f"{safe(f'{path}, {remark}' if remark.line else f'{path}: {remark}')}\n")
    if remarks:
        sys.stderr.write("What is named has no effect; the rest is in force.\n")
        return REFUSED
    state = "is in order" if os.path.exists(path) else "does not exist, so everything is as it comes"
    sys.stderr.write(f"{safe(path)} {state}.\n")
    return DONE


def demo(said: Any, folder: str) -> int:
    """The app on sample data, in a folder that is gone afterwards unless one was named."""
    from deskmate.services import sample
    from deskmate.tui import early, start

    named = said.value("--data") is not None
    if named and os.path.exists(folder) and os.listdir(folder):
        raise DeskmateError(f"{folder} is not empty.", "The sample data needs a folder of its own.")
    start.need_terminal()
    place = folder if named else tempfile.mkdtemp(prefix="deskmate-demo-")
    try:
        sys.stderr.write("Setting up a desk with sample data …\n")
        sample.fill(place)
        code = start.opened(place, "Nobody here exists. Try everything: ? shows the keys, u takes back, q leaves.")
    finally:
        if not named:
            shutil.rmtree(place, ignore_errors=True)
    left = f"The sample desk stays in {place}." if named else "The sample desk is gone, with all that was done there."
    sys.stderr.write(f"{safe(left)}\n")
    early.end(code)
