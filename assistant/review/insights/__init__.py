"""What happened at the desk and what came of it, counted for those who look back; few customers are told as few."""
