"""deskmate: a local-first desk for a lone IT support technician."""

__version__ = "0.1.0"
