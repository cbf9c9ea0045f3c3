"""From desk to eval: decisions, edits and outcomes become cases, pairs, a log and proposals."""
