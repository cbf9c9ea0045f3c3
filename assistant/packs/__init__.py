"""A pack on disk → a validated domain; every error with its file, its line and its mend."""
