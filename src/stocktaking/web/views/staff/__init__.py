"""The desk: pages on which a secretariat sets up and edits the register."""
