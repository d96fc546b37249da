"""What happened to calls and replies, sent inside the transaction in which it happened."""

from django.dispatch import Signal

call_published = Signal()  # call, by, at
call_extended = Signal()  # call, extension, by, at
call_cancelled = Signal()  # call, by, at
letter_tried = Signal()  # letter, language, by, at: it goes to ``by`` alone
reply_started = Signal()  # reply, by, at
draft_reminded = Signal()  # reply, by (None), at: its authors have left it alone for long
reply_saved = Signal()  # reply, codes (questions that changed), by, at
reply_submitted = Signal()  # reply, snapshot, by, at, again (it had been returned)
reply_returned = Signal()  # reply, by, at
reply_accepted = Signal()  # reply, by, at, publish_at (None: now)
reply_declined = Signal()  # reply, by, at
reply_reopened = Signal()  # reply, by, at: a declined one is taken up again
reply_withdrawn = Signal()  # reply, by, at
author_invited = Signal()  # reply, invitation (with its token), language (or ""), by, at
author_added = Signal()  # reply, person, at
author_removed = Signal()  # reply, person, at
