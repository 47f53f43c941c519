"""Hostile and awkward texts, for every door that takes text."""

import json
import os
from pathlib import Path

_OWN = Path(__file__).parent / "data" / "nasty.json"


def entries() -> list[tuple[str, str]]:
    """Id and text of each, lone surrogates included; DESKMATE_NASTY names another file of this form."""
    source = Path(os.environ.get("DESKMATE_NASTY") or _OWN)
    with source.open(encoding="utf-8") as file:
        found = json.load(file)["entries"]
    return [(entry["id"], _text(entry)) for entry in found]


def _text(entry: dict[str, object]) -> str:
    repeat = entry.get("repeat")
    if isinstance(repeat, dict):
        return str(repeat.get("prefix", "") + repeat["text"] * repeat["count"])
    return str(entry["value"])
