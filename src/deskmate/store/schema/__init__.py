"""The numbered SQL files: the only place where tables are made."""
