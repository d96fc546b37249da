"""What can be done with calls, letters and replies."""

from stocktaking.calls.operations.authors import (
    accept_invitation,
    forget_invitations,
    hand_over_lead,
    invite_author,
    remove_author,
    revoke_invitation,
    waiting_invitations,
)
from stocktaking.calls.operations.calls import copy_call, create_call, revise_call
from stocktaking.calls.operations.confirming import Confirmed, confirm_entries, confirm_entry
from stocktaking.calls.operations.deciding import (
    accept_reply,
    decline_reply,
    reopen_reply,
    return_reply,
)
from stocktaking.calls.operations.groups import (
    create_group,
    remove_recipients,
    revise_group,
    save_recipients,
)
from stocktaking.calls.operations.leaving import withdraw_reply
from stocktaking.calls.operations.letters import (
    delete_letter,
    draft_letter,
    post_due,
    revise_letter,
    send_letter,
    unschedule_letter,
)
from stocktaking.calls.operations.opening import (
    allow_longer,
    cancel_call,
    extend_call,
    publish_call,
    take_back_allowance,
)
from stocktaking.calls.operations.sending import faults_of, submit_reply
from stocktaking.calls.operations.starting import copy_reply, start_reply
from stocktaking.calls.operations.trying import try_letter
from stocktaking.calls.operations.writing import save_reply

__all__ = [
    "Confirmed",
    "accept_invitation",
    "accept_reply",
    "allow_longer",
    "cancel_call",
    "confirm_entries",
    "confirm_entry",
    "copy_call",
    "copy_reply",
    "create_call",
    "create_group",
    "decline_reply",
    "delete_letter",
    "draft_letter",
    "extend_call",
    "faults_of",
    "forget_invitations",
    "hand_over_lead",
    "invite_author",
    "post_due",
    "publish_call",
    "remove_author",
    "remove_recipients",
    "reopen_reply",
    "return_reply",
    "revise_call",
    "revise_group",
    "revise_letter",
    "revoke_invitation",
    "save_recipients",
    "save_reply",
    "send_letter",
    "start_reply",
    "submit_reply",
    "take_back_allowance",
    "try_letter",
    "unschedule_letter",
    "waiting_invitations",
    "withdraw_reply",
]
