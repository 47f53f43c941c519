"""The screen of a picture: its marks are made here."""
