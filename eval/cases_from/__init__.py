"""Cases that follow from what a desk knows: every rule, campaign, audience and language."""
