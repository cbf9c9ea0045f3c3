"""The model writer: brief and evidence → prompt → drafts, with no customer's datum on the way."""
