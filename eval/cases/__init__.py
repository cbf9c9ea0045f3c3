"""Suites of cases, as data."""
