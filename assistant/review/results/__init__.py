"""What came of what was sent: imported, counted, compared, as data that a page draws."""
