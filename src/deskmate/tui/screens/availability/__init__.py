"""Panel 4: the week of the door, and all that is said about office time."""
