"""Benchmarks, run by hand: what they measure they print as ratios against named peers in the same run."""
