"""Settings → a wired desk: the one place that names concrete parts, a file for each wing of the house."""
