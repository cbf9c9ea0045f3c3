"""What was approved is kept: found again, reused, shown to the model, with how it did."""
