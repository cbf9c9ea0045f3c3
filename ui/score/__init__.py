"""The page of those who compare texts: what is asked for, and how each part of it is drawn."""
