"""A guide as a page, a site, a mail and a folder of Markdown: whole, as typed, and with nothing that runs."""

from __future__ import annotations

import base64
import email
import hashlib
import json
import re
from dataclasses import replace
from email import policy
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from deskmate.domain.guide import Caution, Step, tidy_step
from deskmate.domain.user_guide import UserBranch, UserGuide, UserPicture, UserStep
from deskmate.formats import guide_mail, guide_markdown, guide_page, guide_site
from deskmate.formats.guide_html import inline
from tests.support.guides import window

TYPED = '[OK] *b* _i_ `c` <script>alert(1)</script> {x} {{ y }} {% z %} C:\\[x] &amp; "q" \' javascript:alert(1)'


@pytest.fixture
def guide(tmp_path: Path) -> UserGuide:
    picture = UserPicture(window(tmp_path / "a.png").read_bytes(), "image/png", 320, 200, f"alt {TYPED}")
    first = UserStep(1, f"{TYPED}\nsecond line", "Start menu", "a window", "more", Caution.STOP, pictures=(picture,))
    branches = (
        UserBranch(f"stays empty {TYPED}", "go to step 1", 1),
        UserBranch("no menu", "follow “Router”", None, "router"),
    )
    second = UserStep(2, "See https://vpn.example.org/a?b=1&c=2.", branches=branches)
    return UserGuide(
        *("vpn", f"Title {TYPED}", (first, second), "Summary", ("x drops",), "de", ("a phone",)),
        *(7, "2026-11-24", "it@x.example"),
    )


class Page(HTMLParser):
    """Elements with their attributes, and the text of each that is no style or script."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in in ("style", "script") else data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def policy_of(page: Page) -> dict[str, str]:
    (said,) = [each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
    return dict((rule.split(" ", 1)) for rule in (said or "").split("; "))


def test_the_page_runs_nothing_and_loads_nothing(guide: UserGuide) -> None:
    (data,) = guide_page.write(guide).values()
    page = Page(data)
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("iframe")
    rules = policy_of(page)
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "script-src" not in rules
    style = re.search(r"<style>(.*?)</style>", data.decode(), re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert rules["style-src"] == f"'sha256-{digest}'"
    assert not any(name.startswith("on") or name == "style" for _tag, found in page.elements for name in found)
    assert all(each["src"] and each["src"].startswith("data:image/png;base64,") for each in page.all("img"))
    assert {each["href"] for each in page.all("a")} == {
        "#step-1",
        "https://vpn.example.org/a?b=1&c=2",
        "mailto:it@x.example",
    }


def test_the_page_says_all_of_it_as_it_was_typed(guide: UserGuide) -> None:
    (data,) = guide_page.write(guide).values()
    page = Page(data)
    for words in (
        f"Title {TYPED}",
        f"{TYPED}\nsecond line",
        "Das sollten Sie sehen",
        "■ Halt, erst sichergehen",
        "more",
    ):
        assert words in page.text
    for words in (
        "etwa 7 Min. · geprüft 2026-11-24",
        "a phone",
        "Start menu",
        "follow “Router”",
        "Summary",
    ):
        assert words in page.text
    assert page.all("html") == [{"lang": "de"}]
    assert page.all("img")[0]["alt"] == f"alt {TYPED}"
    # A box to tick for each step, in the label that names it.
    assert [each["type"] for each in page.all("input")] == ["checkbox"] * 2
    assert len(page.all("label")) == 2
    ids = {found["id"] for _tag, found in page.elements if "id" in found}
    assert {(each["href"] or "")[1:] for each in page.all("a") if (each["href"] or "").startswith("#")} <= ids


def shade(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((shade(one), shade(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_ink_can_be_read_on_what_it_stands_on() -> None:
    style = inline("guide.css") + inline("guide_page.css")
    blocks = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)
    ]
    assert len(blocks) == 3, "light, dark and print"
    for colours in blocks:
        grounds = {"caution": "caution-panel", "stop": "stop-panel"}
        for ink in ("ink", "faint", "accent", "good", "caution", "stop"):
            assert contrast(colours[ink], colours["ground"]) >= 7, (ink, colours)
            assert contrast(colours[ink], colours[grounds.get(ink, "panel")]) >= 7, (ink, colours)


# --- the site ------------------------------------------------------------------------------------------------


def test_the_site_leads_to_each_guide_and_back_and_from_one_to_another(guide: UserGuide) -> None:
    made = guide_site.write([guide, replace(guide, slug="router", title="Router", language="en")])
    assert set(made) == {"index.html", "guides/vpn.html", "guides/router.html"}
    index, page = Page(made["index.html"]), Page(made["guides/vpn.html"])
    links = [each["href"] for each in index.all("a")]
    assert sorted(links) == [*("guides/router.html", "guides/vpn.html"), *["mailto:it@x.example"] * 2]
    assert {"../index.html", "router.html"} <= {each["href"] for each in page.all("a")}
    assert "script-src" not in policy_of(page)
    assert not page.all("script")
    assert "Deutsch" in index.text
    assert "English" in index.text
    assert f"Title {TYPED}" in index.text
    assert all(guide_site.is_own(name, data) for name, data in made.items())
    assert not guide_site.is_own("guides/mine.html", made["guides/vpn.html"])
    assert Page(guide_site.write([])["index.html"]).text.count("no guide yet") == 1


def test_only_the_search_may_run_in_the_list_and_it_has_all_that_is_said(guide: UserGuide) -> None:
    text = guide_site.write([guide])["index.html"].decode()
    index, run = re.findall(r"<script[^>]*>(.*?)</script>", text, re.S)
    digest = base64.b64encode(hashlib.sha256(run.encode()).digest()).decode()
    assert policy_of(Page(text.encode()))["script-src"] == f"'sha256-{digest}'"
    assert "<" not in index
    ((words, title, rest),) = json.loads(index)
    assert (words, title) == ("x drops", guide.title)
    assert all(each in rest for each in ("Summary", "a phone", TYPED, "stays empty", "more"))


def test_many_guides_stand_by_their_first_letter(guide: UserGuide) -> None:
    many = [replace(guide, slug=f"g{number}", title=f"{'ÄBc'[number % 3]}{number}") for number in range(30)]
    headings = re.findall(r"<h2>(.*?)</h2>", guide_site.write(many)["index.html"].decode())
    assert headings[:3] == ["A", "B", "C"]


# --- mail ----------------------------------------------------------------------------------------------------


def test_the_mail_has_all_of_it_as_text_and_as_a_page_with_its_pictures(guide: UserGuide) -> None:
    ((name, data),) = guide_mail.write(guide).items()
    assert name == "vpn.eml"
    assert guide_mail.write(guide)[name] == data, "the same bytes each time"
    assert max(map(len, data.split(b"\r\n"))) < 999
    mail = email.message_from_bytes(data, policy=policy.default)
    assert mail["Subject"] == guide.title
    assert not mail["From"]
    assert not mail["To"]
    assert mail["X-Unsent"] == "1"
    plain, related = mail.iter_parts()
    page, picture = related.iter_parts()
    for words in (
        f"{TYPED}\nsecond line",
        "Start menu",
        "a window",
        f"stays empty {TYPED} → go to step 1",
        f"(alt {TYPED})",
    ):
        assert words in plain.get_content().replace("\r\n", "\n")
    shown = Page(page.get_content().encode())
    assert TYPED in shown.text
    assert not shown.all("script")
    assert [each["src"] for each in shown.all("img")] == [f"cid:{picture['Content-ID'][1:-1]}"]
    assert picture.get_content() == guide.steps[0].pictures[0].data
    assert picture.get_filename() == "step-1-1.png"


# --- Markdown ------------------------------------------------------------------------------------------------

NASTY = "\\`*_{}[]()#+-.!|<>&~$=:@/\"'^ \n\t1aé  "


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from(NASTY), st.characters()), max_size=40))
def test_any_text_is_shown_by_a_reader_of_markdown_as_it_was_typed(typed: str) -> None:
    text = tidy_step(Step("s", typed)).action
    shown = MarkdownIt("commonmark").render(guide_markdown.escaped(text))
    assert "<li>" not in shown
    assert "<em>" not in shown
    plain = unescape(re.sub(r"<[^>]*>", "", shown.replace("<br />\n", "\n").replace("</p>\n<p>", "\n\n")))
    assert plain.removesuffix("\n") == text


def test_markdown_has_each_part_where_it_can_be_told_from_the_others(guide: UserGuide) -> None:
    made = guide_markdown.write(guide)
    assert list(made) == ["guide.md", "images/01.png"]
    text = made["guide.md"].decode()
    front, body = text.removeprefix("---\n").split("\n---\n")
    said = {line.partition(": ")[0]: json.loads(line.partition(": ")[2]) for line in front.split("\n")}
    assert said == {
        **{"deskmate": 1, "name": "vpn", "title": guide.title, "language": "de", "words": ["x drops"]},
        **{"minutes": 7, "checked": "2026-11-24"},
    }
    page = MarkdownIt("commonmark").render(body)
    assert re.findall("<h2>(.*?)</h2>", page) == [
        "Das brauchen Sie",
        "Schritt 1",
        "Schritt 2",
        "Fragen? Fragen Sie uns",
    ]
    assert re.findall("<strong>(.*?)</strong>", page) == [
        *("■ Halt, erst sichergehen", "Wo:", "Genauer:", "Das sollten Sie sehen:", "Wenn nicht:")
    ]
    assert re.findall('(?:href|src)="(.*?)"', page) == [
        *("images/01.png", "https://vpn.example.org/a?b=1&amp;c=2", "#schritt-1", "../router/guide.md"),
        "mailto:it@x.example",
    ]
