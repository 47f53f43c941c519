"""Panel 2: the guides, one of them as it reads, and what was published of it."""
