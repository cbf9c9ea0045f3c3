"""Call scripts in a model's words: what it is told, what it may say, and what its answer becomes."""
