"""Small programs on a PATH of their own, in place of those that take pictures on a real desktop."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

StandIns = Callable[..., None]


def only(monkeypatch: pytest.MonkeyPatch, folder: Path, **programs: str) -> None:
    """From now on these are the only programs there are: by name (``_`` for a hyphen), each a script of the shell.

    The plain words of a shell, such as ``cat``, are given by their whole paths.
    """
    place = folder / "programs"
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for name, script in programs.items():
        path = place / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o700)
    monkeypatch.setenv("PATH", str(place))


def desktop(monkeypatch: pytest.MonkeyPatch, *, wayland: bool = False, x11: bool = False) -> None:
    """What kind of desktop there is; none by default."""
    for name, on in (("WAYLAND_DISPLAY", wayland), ("DISPLAY", x11)):
        monkeypatch.delenv(name, raising=False)
        if on:
            monkeypatch.setenv(name, "stand-in:0")


def picture(path: Path, width: int = 32, height: int = 20) -> Path:
    """A small PNG."""
    from PIL import Image

    Image.new("RGB", (width, height), "#2f5d9b").save(path, "PNG")
    return path


def given(path: Path) -> str:
    """Shell words that print a file."""
    return f"/bin/cat '{os.fspath(path)}'"
