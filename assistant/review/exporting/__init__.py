"""Released texts as files that a campaign system imports; checked again on the day of sending, never sent."""
