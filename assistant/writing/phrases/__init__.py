"""The phrase writer: copy composed from the pack's phrase book, without a model."""
