"""What can be done with mail."""

from stocktaking.outbox.operations.bounces import note_bounce
from stocktaking.outbox.operations.claims import release_lost
from stocktaking.outbox.operations.composing import (
    Composed,
    Inset,
    Words,
    compose,
    compose_example,
    words_of,
)
from stocktaking.outbox.operations.delivering import Unreachable, deliver, deliver_due
from stocktaking.outbox.operations.forgetting import forget_messages, forget_person, forget_texts
from stocktaking.outbox.operations.letters import cancel_message, send_again, send_test
from stocktaking.outbox.operations.queueing import queue, queue_foreign
from stocktaking.outbox.operations.suppressing import (
    read_stop,
    release_address,
    stop_mail,
    suppress_address,
)
from stocktaking.outbox.operations.templates import faults_of, restore_template, revise_template

__all__ = [
    "Composed",
    "Inset",
    "Unreachable",
    "Words",
    "cancel_message",
    "compose",
    "compose_example",
    "deliver",
    "deliver_due",
    "faults_of",
    "forget_messages",
    "forget_person",
    "forget_texts",
    "note_bounce",
    "queue",
    "queue_foreign",
    "read_stop",
    "release_address",
    "release_lost",
    "restore_template",
    "revise_template",
    "send_again",
    "send_test",
    "stop_mail",
    "suppress_address",
    "words_of",
]
