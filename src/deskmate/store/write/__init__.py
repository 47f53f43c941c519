"""SQLModel tables and the unit of work behind every interactive change."""
