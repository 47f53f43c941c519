"""Attaching files: one step, and never a row without its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain.commands import Attach, Redo, Undo
from deskmate.errors import DeskmateError
from deskmate.store import files
from deskmate.store.files import NotKept
from deskmate.store.read.detail import detail
from tests.support.desks import line, opened, whole


def test_attaching_is_one_step_back_and_forth_and_the_file_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        for title in ("one", "two"):
            desk.capture(line(title))
        kept = files.keep_text(str(tmp_path), "log.txt", "words\n")
        outcome = desk.run(Attach((1, 2), (kept,)))
        assert outcome.label == "attached log.txt to 2 requests"
        conn = desk.writer.conn
        found = detail(conn, 2)
        assert found is not None
        assert [(each.name, each.size, each.digest) for each in found.attachments] == [("log.txt", 6, kept.digest)]
        assert [entry.text for entry in found.entries] == ["captured", "attached log.txt"]
        with pytest.raises(DeskmateError, match="D-1 has log"):
            desk.run(Attach((1,), (kept,)))
        desk.run(Undo())
        assert detail(conn, 2).attachments == ()  # type: ignore[union-attr]
        assert Path(files.path_of(str(tmp_path), kept.digest)).exists()
        desk.run(Redo())
        assert len(detail(conn, 1).attachments) == 1  # type: ignore[union-attr]
        Path(files.path_of(str(tmp_path), kept.digest)).unlink()
        before = whole(conn)
        desk_says = [
            lambda: desk.run(Attach((2,), (kept,))),
            lambda: desk.capture(line("three", files=(kept,))),
            lambda: desk.receive(1, "more", files=(kept,)),
        ]
        for attempt in desk_says:
            with pytest.raises(NotKept):
                attempt()
        assert whole(conn) == before
