"""What may be stored, told from its first bytes and its name."""
