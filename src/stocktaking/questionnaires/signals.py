"""What happened to questionnaires and answers, sent inside the transaction in which it happened."""

from django.dispatch import Signal

version_frozen = Signal()  # version, by, at
answers_saved = Signal()  # answer_set, codes (questions that changed), by, at
answers_migrated = Signal()  # answer_set, left (answers without a place), by, at
