"""Values without input or output, and the rules about them that need nothing else."""
