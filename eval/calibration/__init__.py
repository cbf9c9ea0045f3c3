"""A judge against people: whether it may be trusted, by criterion."""
