"""Plain SQL for everything that is painted or printed."""
