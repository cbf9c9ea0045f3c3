"""Text and context → findings: the one engine for the gate, for lint and for eval."""
