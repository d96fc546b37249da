"""Doing once what is asked twice: a replayed request gets the answer of the first."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.history.models import IdempotencyRecord
from stocktaking.kernel.errors import RuleBroken

KEY_MAX = 100

MESSAGES = {
    "idempotency_key_malformed": _("The key of this request is not usable."),
    "idempotency_conflict": _("This was sent before with other content. Load the form again."),
    "idempotency_running": _("This is being done already. Look again in a moment."),
}


class Claim:
    """The right to act. ``answer`` is set where somebody acted before: give it out again."""

    def __init__(self, answer: Any | None = None) -> None:
        self.answer = answer
        self.kept: Any | None = None

    @property
    def replayed(self) -> bool:
        return self.answer is not None

    def keep(self, answer: Any) -> None:
        """Remember what to answer to a replay: plain values, not None."""
        if answer is None:
            raise ValueError("an answer is not None")
        self.kept = answer


@contextmanager
def once(
    *, key: str, actor: Any | None, scope: str, fingerprint: str | bytes, at: dt.datetime
) -> Iterator[Claim]:
    """Claim a key, act, keep the answer: all in one transaction.

    ::

        with once(key=key, actor=person, scope="entry_new", fingerprint=body, at=at) as claim:
            if claim.replayed:
                return answer_again(claim.answer)
            entry = create_entry(...)
            claim.keep({"number": entry.number})

    A second request with the same key waits for the first and gets its answer. With another
    ``fingerprint`` (the request's content, or its SHA-256) it is a RuleBroken
    ``idempotency_conflict``. An error undoes the act and frees the key; a block that keeps no
    answer (a form with faults) frees it too.
    """
    if not 0 < len(key) <= KEY_MAX or not (key.isascii() and key.isprintable()):
        raise _refused("idempotency_key_malformed")
    digest = _digest(fingerprint)
    with transaction.atomic():
        row, fresh = _claim(key, actor.pk if actor is not None else 0, scope, digest, at)
        if row.fingerprint != digest:
            raise _refused("idempotency_conflict")
        if row.answer is not None:
            yield Claim(row.answer)
            return
        if not fresh:
            raise _refused("idempotency_running")
        claim = Claim()
        yield claim
        if claim.kept is None:
            row.delete()
            return
        row.answer = claim.kept
        row.save(update_fields=["answer"])


def forget_answers(*, before: dt.datetime) -> int:
    """Delete answers given before a moment; the number deleted."""
    deleted, _by_model = IdempotencyRecord.objects.filter(at__lt=before).delete()
    return deleted


def _claim(
    key: str, actor: int, scope: str, digest: str, at: dt.datetime
) -> tuple[IdempotencyRecord, bool]:
    """Insert first: the unique constraint decides who acts, whoever else asks must wait."""
    place = {"key": key, "actor_id": actor, "scope": scope}
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(**place, fingerprint=digest, at=at), True
    except IntegrityError:
        return IdempotencyRecord.objects.get(**place), False


def _digest(fingerprint: str | bytes) -> str:
    content = fingerprint.encode() if isinstance(fingerprint, str) else fingerprint
    return hashlib.sha256(content).hexdigest()


def _refused(code: str) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code])
