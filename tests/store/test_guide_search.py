"""Guides are found as one types: where the words stand decides the order, and nothing typed is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.guiding import ArchiveGuide, ImportGuides
from deskmate.services.desk import Desk
from deskmate.store.read import guides
from tests.support.guides import VPN, written

TITLES = {
    "Print at home": ("nothing comes out",),
    "Connect to the VPN": ("the printer is not there at home",),
    "Find your files": (),
    "Printing labels": (),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Four guides. The steps of one say that files are printed."""
    desk = Desk(str(tmp_path_factory.mktemp("desk")), actor="shell")
    for title, words in TITLES.items():
        steps = (
            (replace(VPN.steps[0], detail="Print them, Élise: C:\\[x]"),) if title == "Find your files" else VPN.steps
        )
        written(
            desk,
            replace(VPN, title=title, summary="", words=words, steps=steps),
            published=title != "Find your files",
        )
    yield desk
    desk.close()


def titles(desk: Desk, typed: str, *, archived: bool = False) -> list[str]:
    return [line.title for line in guides.found(desk.writer.conn, typed, archived=archived)]


def test_titles_come_before_the_words_of_users_and_those_before_the_text(desk: Desk) -> None:
    assert titles(desk, "pri") == ["Print at home", "Printing labels", "Connect to the VPN", "Find your files"]
    assert titles(desk, "HOME prin") == ["Print at home", "Connect to the VPN"]
    assert titles(desk, "elise [x") == ["Find your files"]
    assert titles(desk, "printers") == []
    assert titles(desk, " ") == titles(desk, "[") == sorted(TITLES)


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from(['"', "*", "title:", "NEAR(", "AND", "-", "^", "{", "pri", "\x00", "\ud800", " ", "́"]))
)
def test_nothing_half_typed_is_an_error(desk: Desk, typed: list[str]) -> None:
    assert set(titles(desk, "".join(typed))) <= TITLES.keys()


def test_what_was_put_aside_comes_last_and_only_when_asked_for(desk: Desk) -> None:
    aside = guides.named(desk.writer.conn, "Print at home")[0][0]
    desk.run(ArchiveGuide(aside))
    try:
        assert titles(desk, "print") == ["Printing labels", "Connect to the VPN", "Find your files"]
        assert titles(desk, "print", archived=True)[-1] == "Print at home"
        assert titles(desk, "", archived=True)[-1] == "Print at home"
    finally:
        desk.run(ArchiveGuide(aside, False))


def test_searching_and_listing_use_an_index(tmp_path: Path) -> None:
    with_many = Desk(str(tmp_path), actor="shell")
    with_many.run(ImportGuides(tuple(replace(VPN, title=f"Guide {number}") for number in range(40))))
    conn, asked = with_many.writer.conn, []
    conn.set_trace_callback(asked.append)
    assert len(guides.found(conn, "gui vpn")) == 40
    conn.set_trace_callback(None)
    (plan,) = [[row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked if "fts MATCH" in sql]
    with_many.close()
    assert plan.count("SCAN guide_fts VIRTUAL TABLE INDEX 0:M3") == 3
    assert "SEARCH g USING INTEGER PRIMARY KEY (rowid=?)" in plan
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN")}
    assert scanned == {"guide_fts", "f", "(subquery-3)"}
