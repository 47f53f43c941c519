"""Panel 3: the checklists, when they are due, and what became of each time."""
