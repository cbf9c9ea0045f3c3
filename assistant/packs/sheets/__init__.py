"""Products and campaigns as marketers keep them: spreadsheets in, changes of the pack's YAML out."""
