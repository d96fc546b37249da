"""What has happened to entries, sent inside the transaction in which it happened."""

from django.dispatch import Signal

# entry: the saved Entry; by: person or None; at: aware datetime
entry_created = Signal()
entry_published = Signal()
entry_revised = Signal()
entry_withdrawn = Signal()
entry_confirmed = Signal()  # said to be still correct

# invitation: the saved CollectionInvitation; token: the secret of its link; by; at
entry_invited = Signal()
invitation_answered = Signal()  # invitation, by, at

# merging: the saved Merging; by; at. In place of the signals above.
entries_merged = Signal()
entries_parted = Signal()  # a merge was undone

# created, updated: lists of numbers; by; at. Sent once per chunk of an import, in place of
# the signals above.
entries_imported = Signal()
