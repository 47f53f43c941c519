"""The record of a checklist in a real browser, in light and in dark. Needs Chromium."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskmate.formats.audit_sheet import page
from deskmate.store.read import hours, proof
from tests.e2e.test_sign_page import colours, picture
from tests.support.proofs import Clock, at_the_desk, three_weeks

pytestmark = [pytest.mark.e2e, pytest.mark.prove]


@pytest.mark.parametrize(("dark", "ground", "cross"), [(False, "ffffff", "8c1d12"), (True, "14161a", "ffa894")])
def test_the_page_has_its_colours_and_nothing_runs_over_its_edge(
    dark: bool, ground: str, cross: str, tmp_path: Path
) -> None:
    clock = Clock()
    with at_the_desk(tmp_path / "desk", clock) as desk:
        key = three_weeks(desk, clock)
        conn = desk.writer.conn
        found = proof.proof_of(conn, key, date(2026, 11, 2), date(2026, 11, 21), hours.calendar(conn), clock.at)
    assert found is not None
    seen = picture(tmp_path, page(found), dark=dark)
    assert colours(seen)[0] == ground
    assert cross in colours(seen), "the value that failed"
    left, right = seen.crop((0, 0, 20, 720)), seen.crop((1235, 0, 1260, 720))
    assert colours(left) == colours(right) == [ground]
