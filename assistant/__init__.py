"""Copydesk: the desk that writes, proves and checks an institution's copy."""
