"""The page of those who compare texts blind: what it asks, and how each part of it is drawn."""
