"""What another arbitration would have earned, out of what one was logged to do."""
