"""The calls: a manager's queue, and what is needed on the telephone."""
