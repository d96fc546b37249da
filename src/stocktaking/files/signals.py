"""What happened to files. Sent inside the transaction."""

from django.dispatch import Signal

file_stored = Signal()  # file: StoredFile, by: person or None, at: aware datetime
