"""Runs: rows that are kept one by one, and summaries that are always made from them."""
