"""The page that looks back: what is asked for, and how each view of it is drawn."""
