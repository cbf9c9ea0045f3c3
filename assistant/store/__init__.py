"""SQLAlchemy: what the desk keeps, in SQLite or PostgreSQL."""
