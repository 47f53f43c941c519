"""A guide and the site of all guides in a real browser: light, dark, on paper, and its search. Needs Chromium."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pypdf
import pytest

from deskmate.domain.guide import Caution
from deskmate.domain.user_guide import UserBranch, UserGuide, UserPicture, UserStep
from deskmate.formats import guide_page, guide_site
from tests.e2e.test_sign_page import browser, colours, picture
from tests.support.guides import window

pytestmark = [pytest.mark.e2e, pytest.mark.prove]

STEPS = 9


@pytest.fixture
def guide(tmp_path: Path) -> UserGuide:
    shown = UserPicture(window(tmp_path / "a.png", 1280, 720).read_bytes(), "image/png", 1280, 720, "The VPN window")
    again = (UserBranch("It says [No]", "go to step 1", 1),)
    steps = tuple(
        UserStep(number, f"Action{number}", "Menu", f"Expectation{number}", "", Caution.STOP, again, (shown,))
        for number in range(1, STEPS + 1)
    )
    return UserGuide(
        "vpn", "Connect", steps, "So that you reach the drives.", ("keine Verbindung",), contact="ext. 99"
    )


def run(folder: Path, address: str, *options: str) -> str:
    argv = [browser(), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run([*argv, *options, address], check=True, capture_output=True, timeout=60)
    return done.stdout.decode()


@pytest.mark.parametrize(("dark", "ground", "stop"), [(False, "ffffff", "fdeeec"), (True, "15171b", "331b18")])
def test_the_page_has_its_colours_and_nothing_runs_over_its_edge(
    guide: UserGuide, dark: bool, ground: str, stop: str, tmp_path: Path
) -> None:
    page = guide_page.write(guide)["vpn.html"].decode()
    seen = picture(tmp_path, page, dark=dark)
    assert ground in colours(seen)[:2]
    assert stop in colours(seen), "a step that asks for care"
    assert "2f5d9b" in colours(seen), "the picture is there"
    assert colours(seen.crop((0, 0, 20, 720))) == colours(seen.crop((1235, 0, 1260, 720))) == [ground]


def test_on_paper_no_step_is_torn_apart(guide: UserGuide, tmp_path: Path) -> None:
    (tmp_path / "vpn.html").write_bytes(guide_page.write(guide)["vpn.html"])
    run(tmp_path, f"file://{tmp_path / 'vpn.html'}", "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'a.pdf'}")
    reader = pypdf.PdfReader(tmp_path / "a.pdf")
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297], "A4"
    texts = [page.extract_text() for page in reader.pages]
    for number in range(1, STEPS + 1):
        (whole,) = [text for text in texts if f"Action{number}" in text]
        assert f"Expectation{number}" in whole
        assert len(whole.split("It says [No]")) == len(whole.split("Action"))


def site(folder: Path, guide: UserGuide) -> Path:
    others = [
        UserGuide("router", "Restart the router", (UserStep(1, "Connect the blue cable"),)),
        UserGuide(
            "printer", "Ärger mit dem Drucker", (UserStep(1, "Klappe auf"),), words=("Störung",), language="de"
        ),
    ]
    for name, data in guide_site.write([guide, *others]).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / "index.html"


def hits(dom: str) -> list[str]:
    (found,) = re.findall(r'<ol class="guides" id="hits".*?>(.*?)</ol>', dom, re.S)
    return [unescape(title) for title in re.findall(r"<a [^>]*>(.*?)</a>", found)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("conn", ["Connect", "Restart the router"]),  # the title counts more than a step
        ("cable ROUT", ["Restart the router"]),  # in any order, by their beginnings, whatever the capitals
        ("stor", ["Ärger mit dem Drucker"]),  # without accents, by the words of users
        ("störung arger", ["Ärger mit dem Drucker"]),
        ("keine verbindung", ["Connect"]),
        ("fax", []),
        ("", []),
    ],
)
def test_the_search_works_from_a_file(guide: UserGuide, typed: str, found: list[str], tmp_path: Path) -> None:
    dom = run(tmp_path, f"file://{site(tmp_path, guide)}#{quote(typed)}", "--dump-dom")
    assert hits(dom) == found
    (none,) = re.findall(r'<div class="none" id="none"[^>]*>', dom)
    assert ("hidden" in none) == (bool(found) or not typed), "nothing found says whom to ask"
    assert ('id="all" hidden' in dom) == bool(typed)


def test_no_other_script_may_run_there_and_then_the_list_is_all_there_is(guide: UserGuide, tmp_path: Path) -> None:
    index = site(tmp_path, guide)
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace('"use strict";', '"use strict"; document.title = "changed";'), encoding="utf-8")
    dom = run(tmp_path, f"file://{index}#router", "--dump-dom")
    assert "<title>Guides</title>" in dom
    assert re.search(r'<div class="search"[^>]* hidden', dom)
    assert 'id="all" hidden' not in dom
