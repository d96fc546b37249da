"""What readers and owners do with an entry: suggest, report, contact, claim, confirm."""
