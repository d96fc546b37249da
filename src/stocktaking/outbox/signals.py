"""What happened to mail. Sent inside the transaction."""

from django.dispatch import Signal

message_ended = Signal()  # message (sent, failed or bounced), at
