"""What the studio does behind its page: the session, the brief, the writing, the view."""
