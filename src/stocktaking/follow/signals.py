"""What happened to what people follow. Sent inside the transaction."""

from django.dispatch import Signal

digest_tried = Signal()  # follower, by, at: somebody wants to see the mail now
