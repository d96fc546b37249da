"""What happened to replies on their way to the register, and to what else comes in."""

from django.dispatch import Signal

reply_assigned = Signal()  # reply, person (None: nobody any more), by, at
reply_endorsed = Signal()  # reply, endorsement, by, at
reply_published = Signal()  # reply, entry, by, at: everybody sees what it became
check_saved = Signal()  # check, by, at

# What readers and owners send in. suggestion, by, at
suggestion_made = Signal()
suggestion_judged = Signal()  # by those who act for the entry
suggestion_decided = Signal()

# claim, by, at
claim_opened = Signal()
claim_proved = Signal()
claim_granted = Signal()
claim_declined = Signal()
claim_expired = Signal()

message_passed_on = Signal()  # message (a ContactMessage), by, at
# person, entries: list of (entry, secret of its link) in one mail; at
confirmation_asked = Signal()
