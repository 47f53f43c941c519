"""The entry point: dispatch, exit codes, and the last net."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import deskmate
from deskmate.__main__ import main
from tests.cli.conftest import Shell
from tests.support.desks import looking

SECRET = "SECRET-5b21"
PROCESS = [sys.executable, "-m", "deskmate"]
SOURCE = str(Path(deskmate.__file__).parents[1])


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "DESKMATE_DATA_DIR": str(folder), "PYTHONPATH": SOURCE}


def test_version_and_help(shell: Shell) -> None:
    assert shell("--version").out == f"deskmate {deskmate.__version__}\n"
    overview = shell("--help").out
    assert overview == shell("-h").out == shell("help").out
    assert max(map(len, overview.splitlines())) <= 80
    one = shell("help", "resolve").out
    assert one.startswith("usage: deskmate resolve D-n… [--text TEXT]")
    assert one == shell("resolve", "--help").out == shell("resolve", "1", "-h").out == shell("--help", "resolve").out


def test_help_is_a_word_like_others_where_text_is_taken(shell: Shell) -> None:
    assert shell("add", "--help").out.startswith("usage: deskmate add")
    assert shell("add", "--help", "me", "print").out == "D-1\n"
    assert shell("resolve", "--", "--help").code == 2


@pytest.mark.parametrize(
    "argv", [["lst"], ["--jsno"], ["help", "lst"], ["--data"], ["--data=", "list"], ["--datax=1"]]
)
def test_what_is_not_understood(shell: Shell, argv: list[str]) -> None:
    ended = shell(*argv)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("deskmate: ")
    if "lst" in argv:
        assert "Did you mean “list”?" in ended.err


def test_the_folder_before_or_after_the_word(shell: Shell, tmp_path: Path) -> None:
    for place, argv in enumerate(
        (
            ["--data", "{}", "add", "x"],
            ["--data={}", "add", "x"],
            ["add", "x", "--data", "{}"],
            ["add", "--data={}", "x"],
        )
    ):
        folder = tmp_path / str(place)
        assert shell(*(word.format(folder) for word in argv)).out == "D-1\n"
        assert (folder / "deskmate.db").exists()
    first, second = tmp_path / "a", tmp_path / "b"
    shell("--data", str(first), "add", "x", "--data", str(second))
    assert (first.exists(), second.exists()) == (False, True)


def test_files_are_for_their_owner_alone(shell: Shell, desk_folder: Path) -> None:
    os.umask(0o000)
    shell("add", "x")
    assert stat.S_IMODE(desk_folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in desk_folder.iterdir()} == {0o600}


def test_without_a_word_the_app_starts(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[str] = []

    class Start:
        @staticmethod
        def run(folder: str) -> int:
            started.append(folder)
            return 7

    monkeypatch.setitem(sys.modules, "deskmate.tui.start", Start)  # type: ignore[arg-type]
    assert shell().code == 7
    assert shell("--data", "x").code == 7
    assert started == [str(tmp_path / "desk"), os.path.abspath("x")]


def _fail(*_args: object) -> int:
    hidden = SECRET
    raise TypeError(f"{hidden} in the message")


def test_a_fault_of_ours_tells_no_content(shell: Shell, desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("add", "x")
    monkeypatch.setattr("deskmate.cli.read.show_list", _fail)
    ended = shell("list", SECRET)
    log = desk_folder / "deskmate.log"
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (f"deskmate: something went wrong (TypeError). Nothing typed was lost. The log is {log}\n")
    written = log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "builtins.TypeError" in written
    assert "test_main.py" in written
    assert SECRET not in written
    shell("list")
    assert len(log.read_text()) > len(written)


def test_a_fault_without_a_folder_makes_none(
    shell: Shell, desk_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskmate.cli.read.show_list", _fail)
    assert shell("list").err == "deskmate: something went wrong (TypeError). Nothing typed was lost.\n"
    assert not desk_folder.exists()


def test_the_log_does_not_grow_for_ever(shell: Shell, desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskmate.cli.crash.LOG_LIMIT", 10)
    monkeypatch.setattr("deskmate.cli.read.show_list", _fail)
    desk_folder.mkdir()
    for _each in range(3):
        shell("list")
    assert sorted(path.name for path in desk_folder.iterdir()) == ["deskmate.log", "deskmate.log.1"]


def test_a_damaged_page_is_told_and_logged(shell: Shell, desk_folder: Path) -> None:
    for _each in range(3):
        shell("add", SECRET)
    path = desk_folder / "deskmate.db"
    with looking(desk_folder) as conn:
        sql = "SELECT rootpage FROM sqlite_master WHERE name IN ('request', 'request_now')"
        roots = [root for (root,) in conn.execute(sql)]
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)
    for argv in (["list"], ["next"], ["show", "1"], ["list", "secret"]):
        ended = shell(*argv)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith("deskmate: the database could not be read or written (SQLITE_CORRUPT).")
        assert SECRET not in ended.err
    assert SECRET not in (desk_folder / "deskmate.log").read_text()


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("deskmate.cli.read.show_list", stop)
    assert main(["list"]) == 130


def test_a_folder_that_may_not_be_made(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = shell("--data", str(tmp_path / "file" / "desk"), "add", "x")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("deskmate: ")
    assert len(ended.err.splitlines()) <= 2


def test_a_pipe_that_closes_early_is_quiet(shell: Shell, desk_folder: Path) -> None:
    for _each in range(5):
        shell("add", "x" * 150)
    with subprocess.Popen(
        [*PROCESS, "list"], env=environment(desk_folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait() == 0
    assert said == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_output_that_can_not_be_written_is_told(shell: Shell, desk_folder: Path) -> None:
    shell("add", "x")
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [*PROCESS, "list"], env=environment(desk_folder), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == b"deskmate: No space left on device.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
def test_closed_streams(shell: Shell, desk_folder: Path) -> None:
    ended = subprocess.run(
        ["sh", "-c", '"$0" -m deskmate add quiet @x >&- 2>&- <&-; echo $?', sys.executable],
        env=environment(desk_folder),
        capture_output=True,
        check=True,
    )
    assert ended.stdout == b"0\n"
    assert "quiet" in shell("list").out
