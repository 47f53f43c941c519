"""``guide import``: guides that come in are kept with their pictures, marked as not looked at."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from tests.cli.conftest import Shell
from tests.support.guides import window


def page(tmp_path: Path) -> Path:
    (tmp_path / "vpn").mkdir()
    window(tmp_path / "vpn" / "a.png")
    (tmp_path / "vpn" / "b.png").write_text("<html>no picture</html>")
    (tmp_path / "vpn" / "vpn.html").write_text(
        "<h1>Reach the drives</h1><ol><li>Open it<img src=a.png alt='The window'></li><li>Close<img src=b.png></ol>"
    )
    return tmp_path / "vpn"


def test_a_folder_is_looked_into_and_then_taken_in_once(shell: Shell, tmp_path: Path) -> None:
    folder = page(tmp_path)
    looked = shell("guide", "import", str(folder), "--dry-run")
    assert looked.out == "Reach the drives: 2 steps, 2 pictures\n"
    assert shell("guide", "list").out == ""
    taken = shell("guide", "import", str(folder))
    assert taken.out == "new: “Reach the drives”\n"
    assert "a picture of step 2 was left out" in taken.err
    assert "Nobody has looked at these" in taken.err
    assert "keeps it back: step 1: imported, and nobody has looked at it" in shell("guide", "check", "reach").out
    found = json.loads(shell("guide", "check", "reach", "--json").out)["findings"]
    assert [each["number"] for each in found if each["leaks"]] == [1, 1, 2]
    assert shell("undo").code == 0
    assert shell("guide", "list").out == ""


def test_of_a_picture_that_moves_the_first_one_is_used_and_that_is_said(shell: Shell, tmp_path: Path) -> None:
    still, other = Image.new("RGB", (40, 30)), Image.new("RGB", (40, 30), "white")
    still.save(tmp_path / "a.gif", save_all=True, append_images=[other], duration=50)
    (tmp_path / "vpn.html").write_text("<h1>Reach</h1><ol><li>Open it<img src=a.gif></li></ol>")
    taken = shell("guide", "import", str(tmp_path / "vpn.html"))
    assert "of a picture of step 1 only the first one is used: it moves" in taken.err


def test_a_picture_whose_original_is_to_go_is_named_by_its_step(shell: Shell, tmp_path: Path) -> None:
    shell("guide", "import", str(page(tmp_path)))
    assert "has no picture 2" in shell("guide", "purge", "reach", "1", "2").err
    refused = shell("guide", "purge", "reach", "1")
    assert refused.code == 1
    assert "Nothing on this picture is covered" in refused.err
    assert shell("guide", "purge", "reach").code == 2


def test_a_guide_is_begun_with_what_solved_a_request(shell: Shell) -> None:
    shell("add", "VPN drops", "--from", "Ana")
    shell("resolve", "D-1", "--text", "1. Open it. 2. Close it.")
    made = shell("guide", "make", "D-1")
    assert (made.code, made.out) == (0, "new guide “VPN drops” of D-1\n")
    assert "guide “VPN drops” was begun with it" in shell("show", "D-1").out
    assert shell("guide", "make").code == 2


def test_one_of_a_kind_is_counted_as_one(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "lamp.md").write_text("# Change the lamp\n\n1. Switch it off.\n")
    assert (
        shell("guide", "import", str(tmp_path / "lamp.md"), "--dry-run").out
        == "Change the lamp: 1 step, 0 pictures\n"
    )
