"""Pieces of HTML that pages share. Every text goes through markupsafe: nothing of a model or a person is markup."""
