"""People compare texts without knowing who wrote them."""
