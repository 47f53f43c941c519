"""Reading a picture with tesseract: a program on the PATH that writes its table, fails, or is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deskmate.errors import DeskmateError
from deskmate.services import sniff
from deskmate.store import files
from tests.support.guides import window

TABLE = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "4\t1\t1\t1\t1\t0\t10\t60\t200\t20\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t10\t60\t120\t20\t96.5\tana@example.org\n"
    "5\t1\t1\t1\t2\t1\t10\t90\t50\t20\t91\tConnect\n"
    "5\t1\t1\t1\t3\t1\t10\t120\t90\t20\t4\tbob@example.org\n"
)


def tesseract(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program of that name, alone on the PATH; it is given a picture that can be opened."""
    place = folder / "bin"
    place.mkdir()
    program = place / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nassert open(sys.argv[1], 'rb').read(4) == b'\\x89PNG'\n{script}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(place))
    return folder / "data"


def test_an_address_is_found_where_it_stands_and_what_is_not_sure_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tesseract(tmp_path, monkeypatch, f"sys.stdout.write({TABLE!r})")
    assert sniff.is_there()
    (found,) = sniff.look(str(data), files.keep(str(data), str(window(tmp_path / "a.png"))))
    left, top, right, bottom = found.box
    assert left <= 10 < 130 <= right
    assert top <= 60 < 80 <= bottom
    assert found.what == "an address"


def test_a_reader_that_fails_or_is_missing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tesseract(tmp_path, monkeypatch, "sys.exit('no language')")
    with pytest.raises(DeskmateError, match="could not read it: no language"):
        sniff.look(str(data), files.keep(str(data), str(window(tmp_path / "a.png"))))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not sniff.is_there()
