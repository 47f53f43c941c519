"""The screen of a walk-through: a guide, step by step, with somebody."""
