"""Mail at the desk: what was sent, the words, the addresses that are stopped."""
