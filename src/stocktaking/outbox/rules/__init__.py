"""Plain computations on mails: filling, rendering, waiting, judging answers."""
