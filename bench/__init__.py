"""Benchmarks: what a person waits for, as ratios against references measured in the same run."""
