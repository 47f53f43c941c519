"""What becomes a link in a guide that leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.formats.links import pieces


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("see https://vpn.example.org/start.", "https://vpn.example.org/start"),
        ("(http://a.example/x_(y))", "http://a.example/x_(y)"),
        ("write to it@example.org, please", "mailto:it@example.org"),
        ("ring tel:+49123", "tel:+49123"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd and data:text/html,x", ""),
        (r"C:\[x] and [OK](x)", ""),
        ("https://", ""),
        ("name@ and @name", ""),
    ],
)
def test_only_addresses_lead_anywhere(text: str, target: str) -> None:
    found = [piece.target for piece in pieces(text) if piece.target]
    assert found == ([target] if target else [])


@given(st.text() | st.text("htps:/@.a ()[]", max_size=30))
def test_nothing_is_lost_or_made_up(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text
