"""What was said, sent inside the transaction in which it was said."""

from django.dispatch import Signal

comment_said = Signal()  # comment, thread, by, at
thread_resolved = Signal()  # thread, by, at
thread_reopened = Signal()  # thread, by, at
