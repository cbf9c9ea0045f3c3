"""Made-up people: customers, what they hold, what happened to them, and for each trigger somebody for whom it fires."""
