"""Guides that come in: Markdown, HTML, documents, the Steps Recorder, and what is hostile in them."""

from __future__ import annotations

import base64
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.guide import why_not
from deskmate.formats import packages
from deskmate.formats.blocks import MOST_TAGS, of_html, of_markdown
from deskmate.formats.guide_import import Brought, read
from deskmate.formats.packages import NotTaken
from tests.support.guides import window


def only(path: Path) -> Brought:
    (found,) = read(str(path))
    return found


def actions(brought: Brought) -> list[str]:
    return [step.action for step in brought.content.steps]


def test_a_markdown_folder_gives_steps_with_their_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "vpn"
    (folder / "images").mkdir(parents=True)
    window(folder / "images" / "01.png")
    (folder / "guide.md").write_text(
        "# Reach the drives\n\nFrom home.\n\n## What you need\n\n- a phone\n\n## Steps\n\n"
        "1. Click \\[OK\\] in `C:\\[x]`\n\n   ![the window](images/01.png)\n\n   You should see: a lamp\n"
        "2. Wait.\n   If not: it stays grey → ask us\n   Where: Start menu\n"
        "   ![far away](https://spy.example/x.png) ![gone](images/02.png)\n"
    )
    brought = only(folder)
    content = brought.content
    assert (content.title, content.summary, content.needs) == ("Reach the drives", "From home.", ("a phone",))
    assert actions(brought) == ["Click [OK] in C:\\[x]", "Wait."]
    first, second = content.steps
    assert (first.expect, second.where) == ("a lamp", "Start menu")
    assert (second.branches[0].symptom, second.branches[0].to) == ("it stays grey", "ask us")
    assert not any(step.reviewed for step in content.steps)
    assert [(each.step, each.name, each.alt) for each in brought.pictures] == [(0, "01.png", "the window")]
    assert brought.notes == [
        "1 picture on the internet left out: nothing is fetched",
        "1 picture left out: not there, or no picture",
    ]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<h1>Mail</h1><ol><li>Open [x]<li>Close</ol>", ["Open [x]", "Close"]),
        (
            "<h1>Mail</h1><h3>Step 1: Open</h3><p>the window</p><h3>Step 2</h3><p>Close</p>",
            ["Open\nthe window", "Close"],
        ),
        ("<title>Mail</title><h2>Open</h2><p>it</p><h2>Close</h2>", ["Open\nit", "Close"]),
        ("<p>1. Open</p><p>2) Close</p>", ["Open", "Close"]),
        ("<div>Open</div><div>Close</div>", ["Open", "Close"]),
        ("<ol><li><p>Open</p><ul><li>a</li></ul></li><li>Close</li></ol>", ["Open\n- a", "Close"]),
    ],
)
def test_steps_of_a_page_are_found_by_what_numbers_them(tmp_path: Path, page: str, wanted: list[str]) -> None:
    (tmp_path / "mail.html").write_text(page)
    assert actions(only(tmp_path / "mail.html")) == wanted


def test_a_page_says_its_language_and_long_lines_find_room(tmp_path: Path) -> None:
    long = "x" * 300
    (tmp_path / "mail.html").write_text(
        f"<html lang='de-DE'><h1>Mail</h1><h2>What you need</h2><p>{long}</p><ol><li>Öffnen<p>Where: {long}</p></ol>",
        encoding="utf-8",
    )
    content = only(tmp_path / "mail.html").content
    assert content.language == "de-de"
    assert (content.needs, content.summary) == ((), long)
    assert content.steps[0].action == f"Öffnen\n{long}"
    assert why_not(content) == ""


def test_a_page_brings_no_script_no_frame_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    picture = base64.b64encode(window(tmp_path / "a.png").read_bytes()).decode()
    (tmp_path / "scribe.html").write_text(
        "<h1>Mail</h1><script>steal()</script><iframe src='file:///etc/passwd'>frame</iframe>"
        "<ol><li onclick=x()>Open <a href='javascript:x'>it</a> <style>p{}</style>"
        f"<img alt='w' src='data:image/png;base64,{picture}'><img src='data:image/svg+xml;base64,AAAA'>"
        "<img src='../../etc/passwd'><img src='file:///etc/passwd'><img src='//spy.example/1.gif'></li></ol>"
    )
    brought = only(tmp_path / "scribe.html")
    assert actions(brought) == ["Open it"]
    assert [each.data[:4] for each in brought.pictures] == [b"\x89PNG"]
    assert len(brought.notes) == 2


def test_a_document_gives_its_numbered_items_and_pictures(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Set up the scanner", 1)
    made.add_paragraph("Switch it on.", style="List Number")
    made.add_picture(str(window(tmp_path / "a.png")))
    made.add_paragraph("Press [Scan].", style="List Number")
    made.save(str(tmp_path / "scanner.docx"))
    brought = only(tmp_path / "scanner.docx")
    assert brought.content.title == "Set up the scanner"
    assert actions(brought) == ["Switch it on.", "Press [Scan]."]
    assert [each.step for each in brought.pictures] == [0]


def recording(tmp_path: Path) -> bytes:
    message = EmailMessage()
    message.set_content(
        "<html><head><title>Recorded Steps</title></head><body><div>"
        '<p>Step 1: (24/11/2026 09:41:07) User left click on "OK (button)" in "Sign in"</p><img src="s1.JPEG">'
        '<p>Step 2: (24/11/2026 09:41:19) User keyboard input in "Sign in" [...]</p><img src="s2.JPEG">'
        "<p>Additional Details</p><p>Program: secret.exe</p></div></body></html>",
        subtype="html",
    )
    message.make_related()
    for name in ("s1.JPEG", "s2.JPEG"):
        message.add_related(window(tmp_path / "w.png").read_bytes(), "image", "png", cid=f"<{name}@x>")
        list(message.iter_parts())[-1]["Content-Location"] = name
    return message.as_bytes()


@pytest.mark.parametrize("packed", [False, True], ids=["mht", "zip"])
def test_what_the_steps_recorder_wrote_gives_steps_without_times_and_programs(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "Recording.mht"
    path.write_bytes(recording(tmp_path))
    if packed:
        path = tmp_path / "Recording.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Recording_1.mht", recording(tmp_path))
    brought = only(path)
    assert actions(brought) == [
        'User left click on "OK (button)" in "Sign in"',
        'User keyboard input in "Sign in" [...]',
    ]
    assert [(each.step, each.name) for each in brought.pictures] == [(0, "s1.JPEG"), (1, "s2.JPEG")]
    assert "secret.exe" not in repr(brought)


def archive(path: Path, name: str, data: bytes = b"# a\n\n1. b\n", link: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = (0o120777 if link else 0o100644) << 16
        made.writestr(member, data)
    return path


@pytest.mark.parametrize("name", ["../guide.md", "/guide.md", "C:/guide.md", "a/../../guide.md", "..\\guide.md"])
def test_an_archive_with_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotTaken, match="leads out"):
        read(str(archive(tmp_path / "a.zip", name)))


def test_an_archive_is_limited_in_number_size_and_how_tight_it_is(tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="link"):
        read(str(archive(tmp_path / "a.zip", "guide.md", link=True)))
    with pytest.raises(NotTaken, match="too tightly"):
        read(str(archive(tmp_path / "b.zip", "guide.md", b"0" * 20_000_000)))
    with pytest.raises(NotTaken, match="is the most"):
        read(str(archive(tmp_path / "c.zip", "guide.md", bytes(packages.MOST_BYTES + 1))))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as made:
        for number in range(packages.MOST_MEMBERS + 1):
            made.writestr(f"{number}.md", b"# a")
    with pytest.raises(NotTaken, match="more than 500"):
        read(str(tmp_path / "d.zip"))


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"x", "no guide that can be read"),
        ("a.docx", b"x", "no document"),
        ("a.md", b"", "no step in it"),
        ("a.mht", b"x", "no page in it"),
        ("a.html", b"<p>" * (MOST_TAGS + 1), "tags"),
        ("a.mht", NESTED, "no guide that can be read"),
        ("a.md", b"---\ndeskmate: 1\nwords: 5\n---\n# a\n\n## Step 1\n\nb\n", "no guide that can be read"),
    ],
    ids=["text", "docx", "empty", "mht", "tags", "nested", "front"],
)
def test_what_is_no_guide_says_so(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(NotTaken, match=said):
        read(str(tmp_path / name))
    with pytest.raises(NotTaken, match="can not be read"):
        read(str(tmp_path / "gone.md"))


@given(st.text(max_size=200))
def test_any_text_gives_blocks_and_no_crash(text: str) -> None:
    of_html(text)
    of_markdown(text)
