"""The screen of a run: a checklist, item by item."""
