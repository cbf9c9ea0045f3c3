"""A pack → an index in Chroma → hits and evidence. The index is never the source of truth."""
