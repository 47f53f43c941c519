"""Files that others read while they are written: whoever opens one finds all of the old or all of the new."""

from __future__ import annotations

import os
import tempfile

PUBLIC = 0o644
"""The mode of a new file: what is on it is for everybody, and a web server is somebody else."""


def replace(path: str, data: bytes, mode: int = PUBLIC) -> None:
    """Put ``data`` in the place of the file at ``path``, keeping its mode; a new one gets ``mode``.

    Raises OSError; nothing was done then.
    """
    path = os.path.realpath(path)  # a link goes on to point there
    try:
        mode = os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        pass
    try:
        handle, building = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", dir=os.path.dirname(path))
    except OSError as error:
        error.filename = path  # the name that was asked for
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(building, mode)
        os.replace(building, path)
    except BaseException:  # ctrl+c, too, must leave no half file
        os.unlink(building)
        raise


def read(path: str) -> bytes:
    """What is in the file now; nothing where there is none or it can not be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
