"""``import``: files in, counts and failed rows out, and nothing twice."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

HEAD = "id,title,body,created_at,status,priority,requester,tags\n"
GOOD = (
    HEAD + "7,Printer jams,every page,2026-01-02T10:00:00Z,open,high,Ann Weber,printer;hp\n"
    '8,"VPN, again","line one\nline two",2026-01-03 10:00,,,,\n'
)
BAD = GOOD + "9,No such status,x,2026-01-03,sleeping,,,\n7,Once more,x,2026-01-03,,,,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "requests.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_file_and_the_same_again(shell: Shell, file: Path) -> None:
    first = shell("import", str(file), "--json")
    assert first.code == 0
    assert first.json == {"created": 2, "updated": 0, "unchanged": 0, "edited": [], "failed": []}
    again = shell("import", str(file), "--json").json
    assert (again["created"], again["unchanged"]) == (0, 2)
    found = shell("show", "1", "--json").json
    assert (found["title"], found["body"], found["priority"]) == ("Printer jams", "every page", "P2")
    assert (found["requester"], found["tags"]) == ("Ann Weber", ["hp", "printer"])
    assert found["created_at"] == "2026-01-02T10:00:00.000Z"
    assert shell("show", "2", "--json").json["created_at"] == "2026-01-03T09:00:00.000Z"
    assert shell("show", "2", "--json").json["body"] == "line one\nline two"
    assert shell("list", "hp").out.startswith("D-1")


def test_narration_for_people(shell: Shell, file: Path) -> None:
    ended = shell("import", str(file))
    assert ended.out == ""
    assert ended.err.startswith("imported 2 requests in ")
    assert shell("import", str(file)).err.startswith("imported 0 requests, unchanged 2 in ")


def test_failed_rows_are_named_and_the_good_ones_come_in(shell: Shell, file: Path) -> None:
    file.write_text(BAD, encoding="utf-8")
    ended = shell("import", str(file), "--json")
    assert ended.code == 1
    assert ended.json["created"] == 2
    assert [failure["row"] for failure in ended.json["failed"]] == [5, 6]
    assert "sleeping" in ended.json["failed"][0]["reason"]
    assert ended.json["failed"][1]["reason"] == 'id "7" is on line 2 already'
    narrated = shell("import", str(file))
    assert narrated.code == 1
    assert "2 rows not imported:" in narrated.err
    assert "  line 5: " in narrated.err


def test_columns_by_name(shell: Shell, file: Path) -> None:
    file.write_text("Nr;Betreff;Wer\n1;Drucker;Käthe\n", encoding="cp1252")
    words = ("--map", "id=Nr", "--map=title=Betreff", "--map", "requester=Wer")
    assert shell("import", str(file), *words, "--json").json["created"] == 1
    found = shell("show", "1", "--json").json
    assert (found["title"], found["requester"]) == ("Drucker", "Käthe")


@pytest.mark.parametrize(
    "words",
    [
        ["--map", "title"],
        ["--map", "titel=Nr"],
        ["--map", "title=Nope"],
        ["--map=id=id", "--map=id=title"],
        ["--from-format", "x"],
    ],
)
def test_wrong_options(shell: Shell, desk_folder: Path, file: Path, words: list[str]) -> None:
    ended = shell("import", str(file), *words)
    assert (ended.code, ended.out) == (2, "")
    assert not desk_folder.exists()


def test_without_a_file(shell: Shell, tmp_path: Path) -> None:
    assert shell("import").code == 2
    ended = shell("import", str(tmp_path / "missing.csv"))
    assert ended.code == 1
    assert "missing.csv can not be read" in ended.err


def test_a_broken_file_brings_nothing_in_not_even_the_others(
    shell: Shell, desk_folder: Path, file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(HEAD + '1,"never closed', encoding="utf-8")
    ended = shell("import", str(file), str(broken))
    assert ended.code == 1
    assert "broken.csv: Line 2" in ended.err
    assert not desk_folder.exists()


def test_several_files(shell: Shell, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,title\n1,x\n1,y\n", encoding="utf-8")
    ended = shell("import", str(file), str(other), "--json")
    assert ended.json["created"] == 3
    assert ended.json["failed"] == [{"row": 3, "reason": 'id "1" is on line 2 already', "file": str(other)}]
    assert shell("undo").out == "undid: imported 1 request\n"
    assert shell("undo").out == "undid: imported 2 requests\n"


def test_a_dry_run(shell: Shell, desk_folder: Path, file: Path) -> None:
    ended = shell("import", str(file), "--dry-run")
    assert ended.out == (
        "would import 2 new, update 0, leave 0 unchanged; new people: 1, new tags: 2. Nothing was written.\n"
    )
    found = shell("import", str(file), "--dry-run", "--json").json
    assert (found["created"], found["dry_run"], found["new_people"], found["new_tags"]) == (2, True, 1, 2)
    assert not desk_folder.exists()
    shell("import", str(file))
    assert shell("import", str(file), "--dry-run", "--json").json["unchanged"] == 2


def test_standard_input(shell: Shell) -> None:
    assert shell("import", "-", "--json", stdin=GOOD.encode()).json["created"] == 2
    assert shell("import", "-", stdin=b"").code == 1


def test_edited_here_since(shell: Shell, file: Path) -> None:
    shell("import", str(file))
    shell("note", "1", "mine")
    file.write_text(GOOD.replace("jams", "burns"), encoding="utf-8")
    ended = shell("import", str(file), "--json")
    assert ended.code == 0
    assert ended.json["edited"] == ["D-1"]
    assert "edited here since, left as they are: D-1" in ended.err
    assert shell("show", "1", "--json").json["title"] == "Printer jams"


def test_undo_redo_and_again(shell: Shell, file: Path) -> None:
    shell("import", str(file))
    shell("undo")
    assert shell("list", "--view", "all", "--json").json == []
    shell("redo")
    assert len(shell("list", "--json").json) == 2
    shell("undo")
    assert shell("import", str(file), "--json").json["created"] == 2
    assert len(shell("list", "--json").json) == 2


def test_an_export_that_grew_a_column_is_the_same_export(shell: Shell, tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    first.write_text("id,title,body\n1,one,x\n2,two,y\n")
    second.write_text("id,title,body,extra\n1,one,x,e\n2,two,y,e\n")
    third.write_text("title,id,body\none,1,x\ntwo,2,changed\n")
    for path, wanted in ((first, (2, 0, 0)), (second, (0, 0, 2)), (third, (0, 1, 1)), (first, (0, 1, 1))):
        told = shell("import", str(path), "--json").json
        assert (told["created"], told["updated"], told["unchanged"]) == wanted
    assert shell("import", str(first), "--source", "other", "--json").json["created"] == 2
