"""What calls for attention, as the top line counts it."""

from __future__ import annotations

from collections import namedtuple

News = namedtuple("News", "p1 overdue promises closing untriaged held checks", defaults=(0, 0, 0, 0, 0, 0, 0))
"""How many there are of each, in the order of the line; ``closing`` are due before the door closes today.

A plain tuple: typing costs the first frame too much.
"""
