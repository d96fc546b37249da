"""What happened to replies on their way to the register, and to what else comes in."""

from django.dispatch import Signal

reply_assigned = Signal()  # reply, person (None: nobody any more), by, at
reply_commented = Signal()  # reply, comment, by, at: staff said something by itself
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

message_passed_on = Signal()  # message (a ContactMessage), recipients, by, at
# person, secrets (number of an entry and the secret of its link, in one mail), expires, at
confirmation_asked = Signal()
