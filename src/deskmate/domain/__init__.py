"""Pure rules: no files, no database, no screen, and the clock is passed in."""
