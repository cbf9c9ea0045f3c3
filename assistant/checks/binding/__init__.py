"""Figures and names in a text → facts of the catalogue: the proof that a draft carries."""
