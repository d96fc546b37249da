"""Text in six languages: one normaliser for the index and for what people type."""
