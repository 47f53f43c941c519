"""The shell in this process: a command line in, exit code and printed bytes out."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskmate.__main__ import main
from tests.support import clocks


@dataclass(frozen=True)
class Ended:
    """How a command line ended: exit code and what it printed."""

    code: int
    out_bytes: bytes
    err_bytes: bytes

    @property
    def out(self) -> str:
        return self.out_bytes.decode()

    @property
    def err(self) -> str:
        return self.err_bytes.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Shell = Callable[..., Ended]


@pytest.fixture
def shell(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Run one command line on a data folder of the test's own; ``stdin`` is what comes in. It is Friday 10:30."""
    clocks.put(monkeypatch)
    monkeypatch.setenv("DESKMATE_DATA_DIR", str(tmp_path / "desk"))

    def run(*argv: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsysbinary.readouterr()
        code = main(list(argv))
        out, err = capsysbinary.readouterr()
        return Ended(code, out, err)

    return run


@pytest.fixture
def desk_folder(tmp_path: Path) -> Path:
    """The data folder that ``shell`` works on."""
    return tmp_path / "desk"
