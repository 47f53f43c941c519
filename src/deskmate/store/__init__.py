"""The only floor that knows SQL and the files of record."""
