"""Files in and out: no database, no screen."""
