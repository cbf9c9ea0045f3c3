"""The review: what waits, one text with its proof, a package folded, what is decided."""
