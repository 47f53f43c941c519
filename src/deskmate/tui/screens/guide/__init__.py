"""The editor of one guide."""
