"""What happened to files. Sent inside the transaction."""

from django.dispatch import Signal

file_stored = Signal()  # file: StoredFile, by: person or None, at: aware datetime
file_drawn = Signal()  # file: StoredFile, at; a pending image has its renditions now
# file: StoredFile, code, at; kept and acknowledged before, it turned out not to be usable.
# Whoever names it in an answer gives its author time to send another one.
file_refused = Signal()
