"""Drops: how terminals and file managers write the names of files."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from deskmate.domain.dropped import named_files, quoted

FORMS = [
    ("plain", "/tmp/scan.pdf", ["/tmp/scan.pdf"]),
    ("Alacritty, a blank behind", "/tmp/scan.pdf ", ["/tmp/scan.pdf"]),
    ("kitty, as it is", "/tmp/my scan (1).pdf", ["/tmp/my scan (1).pdf"]),
    ("kitty, an apostrophe", "/tmp/it's.pdf", ["/tmp/it's.pdf"]),
    ("kitty, several", "/tmp/a b\n/tmp/it's\n", ["/tmp/a b", "/tmp/it's"]),
    ("VTE", "'/tmp/my scan.pdf' ", ["/tmp/my scan.pdf"]),
    ("VTE, an apostrophe", r"'/tmp/it'\''s here.pdf' ", ["/tmp/it's here.pdf"]),
    ("VTE, several", r"'/tmp/a b' '/tmp/it'\''s' /tmp/c ", ["/tmp/a b", "/tmp/it's", "/tmp/c"]),
    ("VTE, a line end in it", "'/tmp/a\nb'", ["/tmp/a\nb"]),
    ("VTE, a blank at its end", "'/tmp/a ' ", ["/tmp/a "]),
    ("macOS", r"/tmp/my\ scan\(1\).pdf ", ["/tmp/my scan(1).pdf"]),
    ("macOS, several", r"/tmp/a\ b /tmp/it\'s", ["/tmp/a b", "/tmp/it's"]),
    ("Konsole, blanks between", "/tmp/a /tmp/b", ["/tmp/a", "/tmp/b"]),
    ("Konsole, blanks in them", "/tmp/a b.png /tmp/it's c.png", ["/tmp/a b.png", "/tmp/it's c.png"]),
    ("an address", "file:///tmp/my%20scan.pdf", ["/tmp/my scan.pdf"]),
    ("addresses, CRLF", "file://localhost/tmp/%C3%BC.pdf\r\nfile:///tmp/b\r\n", ["/tmp/ü.pdf", "/tmp/b"]),
    ("copied in a file manager", "copy\nfile:///tmp/a\nfile:///tmp/b", ["/tmp/a", "/tmp/b"]),
    ("double quotes", '"/tmp/my scan.pdf"\r\n', ["/tmp/my scan.pdf"]),
    ("below home", "~/a.png", ["~/a.png"]),
    ("Windows", r"C:\Users\a\scan.pdf", [r"C:\Users\a\scan.pdf"]),
    ("Windows, blanks", r'"C:\Users\a b\scan.pdf"', [r"C:\Users\a b\scan.pdf"]),
    ("Windows, several", r'"C:\a b.png" C:\c.png', [r"C:\a b.png", r"C:\c.png"]),
    ("Windows, an address", "file:///C:/a%20b.pdf", ["C:/a b.pdf"]),
    ("Windows, a share", r"\\server\share\a b.png", [r"\\server\share\a b.png"]),
    ("PowerShell", "& 'C:\\it''s mine.png'", [r"C:\it's mine.png"]),
    ("WSL", "'/mnt/c/Users/a b/it's.png'", ["/mnt/c/Users/a b/it's.png"]),
    ("WSL, several", "'/mnt/c/a b.png' '/mnt/c/it's.png'", ["/mnt/c/a b.png", "/mnt/c/it's.png"]),
    ("WSL, as Windows says it", r"C:\Users\a b.png", ["/mnt/c/Users/a b.png"]),
    ("WSL, its own file", r"\\wsl.localhost\Debian\home\a.png", ["/home/a.png"]),
]


@pytest.mark.parametrize(("pasted", "names"), [form[1:] for form in FORMS], ids=[form[0] for form in FORMS])
def test_names_as_each_program_writes_them(pasted: str, names: list[str]) -> None:
    assert named_files(pasted, names.__contains__) == names


@pytest.mark.parametrize("pasted", ["", " \n", "scan.pdf", "see /tmp/scan.pdf", "/tmp/a b\nplease", "/" * 20_000])
def test_words_are_no_names(pasted: str) -> None:
    there = {"scan.pdf", "/tmp/a b", "please", "see", "/tmp/scan.pdf", "/" * 20_000}
    assert named_files(pasted, there.__contains__) == []


def test_one_that_is_not_there_makes_it_text() -> None:
    assert named_files("/tmp/a /tmp/b", ["/tmp/a"].__contains__) == []
    assert named_files("/tmp/a\0", ["/tmp/a"].__contains__) == ["/tmp/a"]


def test_what_is_typed_may_begin_here() -> None:
    assert named_files("'my scan.pdf' log.txt", ["my scan.pdf", "log.txt"].__contains__, relative=True) == [
        "my scan.pdf",
        "log.txt",
    ]


ODD = some.text(alphabet="ab é'\"\\$&()#%~-!\n/ C:", min_size=1, max_size=12)
WAYS: dict[str, Callable[[list[str]], str]] = {
    "shell": lambda paths: " ".join(map(shlex.quote, paths)) + " ",
    "backslashes": lambda paths: " ".join("".join(f"\\{c}" if c in " '\"\\$&()#!~" else c for c in p) for p in paths),
    "addresses": lambda paths: "".join(f"file://{quote(path)}\r\n" for path in paths),
    "lines": "\n".join,
    "our own": quoted,
}


@given(some.lists(ODD, min_size=1, max_size=3, unique=True), some.sampled_from(sorted(WAYS)))
def test_odd_names_come_back(names: list[str], way: str) -> None:
    paths = [f"/tmp/{name}" for name in names]
    if way in ("lines", "backslashes"):  # these can not say where a line ends
        assume(not any("\n" in path or path != path.strip() for path in paths))
    assert named_files(WAYS[way](paths), paths.__contains__) == paths


@given(some.text(alphabet="/~ab'\"\\ \n%2:file&", max_size=40))
def test_no_paste_breaks_it(pasted: str) -> None:
    assert all(named_files(pasted, lambda path: True))
