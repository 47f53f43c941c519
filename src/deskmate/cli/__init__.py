"""The shell: one module per group of commands."""
