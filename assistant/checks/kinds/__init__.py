"""One class a kind of check; a new rule is a file of the pack, a new kind is a class here."""
