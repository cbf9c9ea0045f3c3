"""How text is folded, with offsets kept, and how numbers are read in three scripts."""
