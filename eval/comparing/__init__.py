"""Two runs beside each other: what changed, and whether the evidence carries it."""
