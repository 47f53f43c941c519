"""CSV: every dialect that means one thing is read, everything in doubt is refused as a whole."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.errors import DeskmateError
from deskmate.formats.csv_table import read, write


def refusal(data: bytes) -> str:
    with pytest.raises(DeskmateError) as caught:
        read(data)
    assert "Nothing was imported" in caught.value.message
    assert caught.value.hint
    return caught.value.message


def cells(data: bytes) -> list[list[str]]:
    return [row for _, row in read(data).rows]


def test_rows_know_the_line_they_begin_on() -> None:
    table = read(b'id,text\r\n\r\n1,"two\nlines\r\nand three"\r\n\r\n2,x\r\n3\r\n,\r\n4,y')
    assert table.columns == ("id", "text")
    assert table.rows == [(3, ["1", "two\nlines\r\nand three"]), (7, ["2", "x"]), (8, ["3", ""]), (10, ["4", "y"])]


def test_old_line_ends_and_rare_separators_inside_cells() -> None:
    assert read(b"a,b\r1,2\r3,4").rows == [(2, ["1", "2"]), (3, ["3", "4"])]
    assert cells("a\none\u2028two\x0bthree\x1cfour\x85five".encode()) == [["one\u2028two\x0bthree\x1cfour\x85five"]]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("a\nGrüße 💾".encode(), "utf-8"),
        ("a\nGrüße 💾".encode("utf-8-sig"), "utf-8-sig"),
        ("a\nGrüße 💾".encode("utf-16"), "utf-16"),
        ("\ufeffa\nGrüße 💾".encode("utf-16-be"), "utf-16"),
        ("a\nGrüße 💾".encode("utf-32"), "utf-32"),
        ("a\nGrüße €".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    table = read(data)
    assert table.encoding == encoding
    assert table.columns == ("a",)
    assert table.rows[0][1][0].startswith("Grüße ")


@pytest.mark.parametrize(
    ("data", "delimiter"),
    [
        (b"a,b\n1;1,2", ","),
        (b"a;b\n1,1;2", ";"),
        (b"a\tb\n1,1\t2", "\t"),
        (b"a\n1", ","),
        (b'"x,y,z";b\n1;2', ";"),
        (b'"x;""y,\nz";b\n1;2', ";"),
        (b"sep=;\r\na;b,c\r\n1;2", ";"),
        (b"SEP=|\na|b\n1|2", "|"),
        (b'"sep=\t"\na\tb\n1\t2', "\t"),
        (b"\n\na;b\n1;2", ";"),
    ],
)
def test_delimiters(data: bytes, delimiter: str) -> None:
    assert read(data).delimiter == delimiter


def test_the_excel_line_counts_as_a_line() -> None:
    assert read("sep=;\r\na;b\r\n1;2".encode("utf-8-sig")).rows == [(3, ["1", "2"])]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["empty"]),
        (b"\xef\xbb\xbf\r\n", ["empty"]),
        (b"a,b\n", ["no record"]),
        (b"a,b\n\n,\n", ["no record"]),
        (b"a,b,a\n1,2,3", ["Line 1", "two columns", "a"]),
        (b"\na,,c\n1,2,3", ["Line 2", "column 2", "no name"]),
        (b"a, \n1,2", ["Line 1", "column 2"]),
        (b"a,b\n1,2\n1,2,3\n", ["Line 3", "3 cells", "has 2"]),
        (b'a,b\n\n1,"x\n\ny', ["Line 3", "never closed"]),
        (b'a,b\n1,2\n"1"x,2\n', ["Line 3", "quote"]),
        (b"a,b\n1,2\n1,\0\n", ["Line 3", "NUL"]),
        (b"a\nx\n\x81\n", ["Line 3", "0x81"]),
        ("a\nGrüße\n\nfür \xff".encode()[:-2] + b"\xff", ["Line 4", "0xff", "UTF-8"]),
        (b"\xff\xfea\0\n\0x", ["Line 2", "UTF-16"]),
        ("a\nx".encode("utf-16-le"), ["NUL"]),
    ],
)
def test_what_is_refused_and_where(data: bytes, words: list[str]) -> None:
    message = refusal(data)
    assert all(word in message for word in words), message


def test_long_cells_are_read_and_the_limit_of_the_process_stays() -> None:
    before = csv.field_size_limit()
    assert len(cells(b"a\n" + b"x" * 2_000_000)[0][0]) == 2_000_000
    assert "Line 2" in refusal(b'a\n"' + b"x\n" * (9 << 20))
    assert csv.field_size_limit() == before


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_what_a_writer_wrote_is_read_back(rows: list[list[str]], delimiter: str, end: str, encoding: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b", "c"], *rows])
    text = file.getvalue()
    table = read(text.encode(encoding))
    assert [row for _, row in table.rows] == rows
    # The line is that on which the record begins, also when cells before it held line ends.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(lines[line - 1].startswith('"') for line, _ in table.rows)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read(data)
    except DeskmateError:
        return
    assert all(len(row) == len(table.columns) for _, row in table.rows)


def test_what_is_written_is_read_back_and_is_no_formula() -> None:
    cells = ["=1+1", "+49 30 1", "-3.5", "+2", "@sum", " =x", "plain, text", 'a "quote"', "two\nlines", "\tcmd", "-"]
    (header, written) = csv.reader(io.StringIO(write(["c"] * len(cells), [cells])))
    assert header == ["c"] * len(cells)
    assert [new.removeprefix("'") for new in written] == cells
    assert [old for old, new in zip(cells, written, strict=True) if old != new] == [
        *("=1+1", "+49 30 1", "@sum", " =x", "\tcmd", "-"),
    ]
