"""Pastes: how terminals and file managers write the names of files, and how much is too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deskmate.domain.pasted import is_large, named_files

NAMES = {
    "/tmp/scan.pdf": ["/tmp/scan.pdf"],
    "/tmp/scan.pdf ": ["/tmp/scan.pdf"],
    "'/tmp/my scan.pdf' ": ["/tmp/my scan.pdf"],
    '"/tmp/my scan.pdf"\r\n': ["/tmp/my scan.pdf"],
    "/tmp/my\\ scan\\(1\\).pdf": ["/tmp/my scan(1).pdf"],
    "/tmp/my scan.pdf": ["/tmp/my scan.pdf"],
    "/tmp/it's.pdf": ["/tmp/it's.pdf"],
    "file:///tmp/my%20scan.pdf": ["/tmp/my scan.pdf"],
    "file://localhost/tmp/%C3%BC.pdf\nfile:///tmp/b": ["/tmp/ü.pdf", "/tmp/b"],
    "'/tmp/a b' '/tmp/c'": ["/tmp/a b", "/tmp/c"],
    "/tmp/a /tmp/b": ["/tmp/a", "/tmp/b"],
    "/tmp/a\n/tmp/b\n": ["/tmp/a", "/tmp/b"],
    "~/a.png": ["~/a.png"],
    '"C:\\Users\\a b\\scan.pdf"': ["C:\\Users\\a b\\scan.pdf"],
    "file:///C:/a%20b.pdf": ["C:/a b.pdf"],
}


@pytest.mark.parametrize("pasted", NAMES)
def test_names_as_they_are_pasted(pasted: str) -> None:
    assert NAMES[pasted] in named_files(pasted)


@pytest.mark.parametrize("pasted", ["", " \n", "scan.pdf", "see /tmp/scan.pdf", "/tmp/a b\nplease", "x" * 20_000])
def test_words_are_no_names(pasted: str) -> None:
    assert named_files(pasted) == []


@given(some.text(alphabet="/~ab'\"\\ \n%2:file", max_size=40))
def test_no_paste_breaks_it(pasted: str) -> None:
    assert all(way for way in named_files(pasted))


def test_what_is_too_much_for_a_field() -> None:
    assert not is_large("a line\n" * 2_800)
    assert is_large("a line\n" * 2_900)
    assert is_large("ü" * 1_000 + "\n" + "ü" * 9_500)
    assert not is_large("x" * 2_000 + "\nx")
    assert is_large("x" * 2_001)
