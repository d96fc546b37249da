"""What has happened to entries, sent inside the transaction in which it happened."""

from django.dispatch import Signal

# entry: the saved Entry; by: person or None; at: aware datetime
entry_created = Signal()
entry_published = Signal()
entry_revised = Signal()
entry_withdrawn = Signal()

# created, updated: lists of numbers; by; at. Sent once per chunk of an import, in place of
# the signals above.
entries_imported = Signal()
