"""Suites, scorers, statistics: evidence about what the desk writes and finds."""
