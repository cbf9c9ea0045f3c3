"""A model as judge: one criterion a call, its evidence checked."""
