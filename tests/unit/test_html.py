"""HTML to text: what people must be able to read, and what no markup may do to us."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.formats.html import looks_like_html, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("just text", "just text"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p>one<br>two<br/>three</p>", "one\ntwo\nthree"),
        ("<p>one<br><br><br>two</p>", "one\n\ntwo"),
        ("<div>one</div><div><br></div><div>two</div><div>three</div>", "one\n\ntwo\nthree"),
        ("  <p>  folded \n\t white&nbsp; space </p>  ", "folded white space"),
        ("<h1>Head</h1>text<h2>Next</h2>", "Head\n\ntext\n\nNext"),
        ("a<hr>b", "a\n\n---\n\nb"),
        ("<b>bold</b> and <i>slanted</i>.", "bold and slanted."),
        ("R&amp;D &lt;b&gt; &eacute; &#233; &#x1F600; &unknown; &", "R&D <b> é é 😀 &unknown; &"),
        ("see <img alt='two\nwords' src=x> there<img src=y><img alt=''>", "see [two words] there"),
        ("<pre>\n  x  = 1\n\n\n     y &lt; 2\n</pre>z", "  x  = 1\n\n     y < 2\n\nz"),
        ("line\r\nends\rfold", "line ends fold"),
        ("<P CLASS='a>b'>one</P ><DIV data-x=\"</div>\">two</DIV>", "one\n\ntwo"),
    ],
)
def test_blocks_and_inlines(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>x</p><ul><li>a<li>b</ul><p>y</p>", "x\n\n- a\n- b\n\ny"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ol start=9><li>a<li>b<li value=20>c<li>d</ol>", "9. a\n10. b\n20. c\n21. d"),
        ("<ul><li>a<ul><li>b<ol><li>c</ol></ul></li><li>d</ul>", "- a\n  - b\n    1. c\n- d"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n- c"),
        ("<ol><li>a<br>b</li></ol>", "1. a\n   b"),
        ("<li>stray", "- stray"),
        ("</ul></li>x", "x"),
    ],
)
def test_lists(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="https://x.org/?a=1&amp;b=2">this</a>.', "this (https://x.org/?a=1&b=2)."),
        ("<a href=https://x.org/>this </a>and", "this (https://x.org/) and"),
        ("<a href='http://x.org/a'>http://x.org/a</a>", "http://x.org/a"),
        ("<a href='http://x.org/'>x.org</a>", "x.org"),
        ("<a href='mailto:a@x.org'>a@x.org</a> <a href='mailto:a@x.org'>Anna</a>", "a@x.org Anna (mailto:a@x.org)"),
        ("<a href='javascript:alert(1)'>go</a>", "go"),
        ("<a href=' java\n&#9;script:x'>go</a> <a href='data:text/html,x'>on</a>", "go on"),
        ("<a href='/here'>go</a> <a name=x>on</a> <a href='file:///etc'>to</a>", "go on to"),
        ("<a href='https://x.org/i'><img src=p></a>", "https://x.org/i"),
        ("<a href=http://a.org>one<a href=http://b.org>two", "one (http://a.org)two (http://b.org)"),
        ('<a title="href=http://evil.org" href="http://good.org">x</a>', "x (http://good.org)"),
    ],
)
def test_links_show_where_they_lead_unless_that_is_no_address(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"),
        ("<table><tr><td><p>1</p></td><td></td><td><div>3</div></td></tr></table>", "1 | | 3"),
        ("x<table><tr><td>a<td>b<tr><td>c<td>d</table>y", "x\n\na | b\nc | d\n\ny"),
        ("<table><tr><td></td><td><p>a</p><p>b</p></td><td>side</td></tr></table>", "a\n\nb\n\nside"),
        ("<table><tr><td>a<table><tr><td>b<td>c</table></td></tr></table>", "a\n\nb | c"),
        ("<table><tr><td>a<ul><li>b</ul></td><td>c</td></tr></table>", "a\n\n- b\n\nc"),
    ],
)
def test_tables(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>x</p><blockquote><p>a</p><p>b</p></blockquote>y", "x\n\n> a\n>\n> b\n\ny"),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"),
        ("<blockquote><ul><li>a</ul></blockquote>", "> - a"),
    ],
)
def test_quotes(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) { '<p>' }</script>",
        "<STYLE>p > a {}</STYLE >",
        "<head><title>t</title><meta x></head>",
        "<template><p>t</p></template>",
        "<svg><text>t</text></svg>",
        "<!-- a > b -- c -->",
        "<!-->",
        "<!--[if mso]><table><tr><td>Outlook</td></tr></table><![endif]-->",
        "<![if !mso]><![endif]>",
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>",
        "<o:p></o:p>",
        "<my-part></my-part>",
    ],
)
def test_what_nobody_should_read_is_left_out(hidden: str) -> None:
    assert to_text(f"a{hidden}b") == "ab"


def test_words_in_angle_brackets_are_no_markup() -> None:
    text = "a < b, <me@example.org> wrote: press <enter> in List<String>"
    assert to_text(f"<p>{text}</p>") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one <b two", "one <b two"),
        ("one <a href='x two", "one <a href='x two"),
        ("one <!-- two", "one <!-- two"),
        ("<script>one", "one"),
        ("<title>one", "one"),
        ("<head><p>one", "one"),
        ('<p title="one>two', "two"),
        ("one </p", "one </p"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
    ],
)
def test_unfinished_markup_loses_no_word(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    "part",
    [
        "<p>", "<b>", "<div>", "<blockquote>", "<blockquote><p>x", "<ul><li>x", "<ol><li>", "</ul>", "<pre> ",
        "<table><tr><td>x", "<td>x", "<tr><td><p>x<p>y", "<a href=http://x>", "<a href='http://x'>y", "<img alt=x>",
        "<a ", "<a b=c ", '<a b="c" ', "<a ='>'", '<a href="', "</a ", '</a x="', "<a/", "<zz ", "<", "</", "&", "&#",
        "<!--", "<!-- -- ", "<!", "<?", "<![CDATA[", "<script>", "<script></", "<title>", "<head>", "<svg>x", "<br>",
        "<p a='x\"y ", "<a href=x/////", "<a      ", "\n",
    ],
)  # fmt: skip
def test_hostile_repetition_ends(part: str) -> None:
    """Quadratic time would not come to an end here within the patience of a test run."""
    for tail in ("", " >", "'\">"):
        assert isinstance(to_text(part * 15_000 + tail), str)


@pytest.mark.parametrize("part", ["<div>", "<blockquote>", "<ul><li>x", "<table><tr><td>", "<a href=http://x>"])
def test_a_hundred_thousand_levels_are_no_trouble(part: str) -> None:
    assert to_text(part * 100_000 + "end").endswith(("end", "end (http://x)"))


def test_deep_quotes_and_lists_indent_only_so_far() -> None:
    line = to_text("<blockquote>" * 1000 + "<ul><li>" * 1000 + "x").splitlines()[-1]
    assert line.endswith("- x")
    assert len(line) < 50


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            "<p> </p> <br> <ul> </ul> <ol> <li> </li> <pre> </pre> <table> <tr> <td> </td> </tr> </table> <div> "
            "</div> <blockquote> </blockquote> <h1> </h1> <hr> <a\thref=http://x.org> </a> <img\talt='a\tb'> <b "
            "<!-- --> <script> </script> &nbsp; &lt; &#10; < > ' \" =".split(" ")
        ),
        st.text(st.sampled_from("ab \n\t\xa0é"), max_size=5),
        st.text(max_size=5),
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
def test_any_markup_gives_tidy_text(html: str) -> None:
    lines = to_text(html).split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert all(line or following for line, following in pairwise(lines))
    assert lines == [""] or (lines[0] and lines[-1])


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    to_text(text)
    looks_like_html(text)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), max_size=8))
def test_words_come_through_in_order(words: list[str]) -> None:
    html = "<div>" + "</p><p>".join(words) + "</div>"
    assert to_text(html).split() == words


@pytest.mark.parametrize(
    "text",
    [
        "<p>x",
        "\n <DIV class=a>",
        "<!DOCTYPE html>",
        "a<br>b",
        "a <br/> b",
        "x</b>",
        "hello <img src=x> you",
        "a</LI >",
    ],
)
def test_html_is_known(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    ["", "a < b", "<me@example.org> wrote", "List<String>", "<enter> key", "a <b> c", "<preview>", "a &amp; b",
     "1 < 2 > 0", "Map<String, List<a>>", "<p@example.org>", "</etc/passwd>"],
)  # fmt: skip
def test_plain_text_is_known(text: str) -> None:
    assert not looks_like_html(text)
