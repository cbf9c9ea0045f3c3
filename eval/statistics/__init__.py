"""What may be said of measured numbers, and how surely: pure functions over numpy, each with its source."""
