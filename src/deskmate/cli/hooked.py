"""Hooks after a word of the shell that changed what the door says: a child waits, and tells them if it still stands.

``python -m deskmate.cli.hooked FOLDER MARK`` is that child.
"""

from __future__ import annotations

import os
import sys

from deskmate import paths
from deskmate.cli.output import narrate
from deskmate.errors import DeskmateError


def follow(folder: str) -> None:
    """Leave a child behind if there are hooks. What was done stays done, whatever comes of them."""
    if not os.path.exists(paths.config_file()):
        return
    from deskmate import config

    try:
        if not config.load(paths.config_file()).hooks.availability:
            return
        from deskmate.domain import local
        from deskmate.services import hooks, programs
        from deskmate.store.signpost import Signpost

        post = Signpost(folder)
        try:
            standing = hooks.mark(post.look(local.now()))
        finally:
            post.close()
        programs.detach([sys.executable, "-m", "deskmate.cli.hooked", folder, standing])
    except (DeskmateError, OSError) as error:
        narrate(f"No hook is run: {error}")


def main(folder: str, standing: str) -> None:
    """Wait, then tell the hooks, unless somebody else has or it is not so any more."""
    import time

    from deskmate import config
    from deskmate.domain.hook import WAIT
    from deskmate.services import hooks
    from deskmate.services.workspace import Workspace

    time.sleep(WAIT)
    commands = config.load(paths.config_file()).hooks.availability
    workspace = Workspace(folder, actor="shell")
    try:
        found = hooks.claim(workspace, standing) if commands else None
    finally:
        workspace.close()
    if found is not None:
        hooks.tell(commands, found, folder)


if __name__ == "__main__":
    os.umask(0o077)
    main(sys.argv[1], sys.argv[2])
