"""Asking for proofs of work and codes by mail, and letting each serve once."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from stocktaking.guards.models import SpentProof
from stocktaking.guards.operations.pacing import take
from stocktaking.guards.rules import mail_code, proof
from stocktaking.kernel.errors import RuleBroken

LIFETIME = dt.timedelta(hours=2)
CODE_LIFETIME = dt.timedelta(minutes=30)
TRIES = 5  # of one code: of 100 million, that is one hit in 20 million mails

MESSAGES = {
    "proof_missing": _("The check against machines did not run. Ask for a code by mail instead."),
    "proof_wrong": _("The check against machines did not match this form. Send it again."),
    "proof_expired": _("The form stood open for too long. Send it again."),
    "proof_spent": _("This form was sent already. Send it again if you changed it."),
    "code_missing": _("Enter the code from the mail."),
    "code_wrong": _("This code is not the one in the mail. Enter it again, or ask for another."),
    "code_expired": _("The code has expired. Ask for another one."),
}


def ask_proof(*, form: str, holder: str, at: dt.datetime, cost: int | None = None) -> str:
    """A challenge to put into a form: for this form and this browser, for two hours.

    A ``cost`` of 1 asks for no work; its answer is "0".
    """
    asked = settings.PROOF_COST if cost is None else cost
    challenge = proof.draw(
        form=form,
        expires=at + LIFETIME,
        cost=asked,
        number=secrets.randbelow(asked),
        random=secrets.token_bytes(proof.NONCE_BYTES),
    )
    return proof.write(challenge, key=_key(), holder=holder)


def accept_proof(
    *, line: str, number: str, form: str, holder: str, request: str = "", at: dt.datetime
) -> None:
    """Spend the answer to a challenge; RuleBroken with a code of ``MESSAGES`` where it is none.

    ``request`` is all that was sent with it: the same once more is let through, for the answer
    to it to be repeated (``history.once``). Empty: nothing is let through twice.
    """
    found = proof.fault(line, number, form=form, holder=holder, key=_key(), at=at)
    if found:
        raise _refused(found)
    _spend(line, request, until=proof.expires_at(line))


def why_not(*, line: str, number: str, form: str, holder: str, at: dt.datetime) -> str | None:
    """The code of the refusal that this answer would meet, None where it would be accepted."""
    found = proof.fault(line, number, form=form, holder=holder, key=_key(), at=at)
    if found is None and SpentProof.objects.filter(challenge=_digest(line)).exists():
        return "proof_spent"
    return found


def ask_code(*, form: str, address: str, holder: str, at: dt.datetime) -> tuple[str, str]:
    """A ticket for the form and the code for the mail; TooMany where an address gets too many."""
    take(scope="mail code to", key=address.lower(), most=3, every=dt.timedelta(hours=1), at=at)
    made_for = mail_code.MadeFor(form, address.lower(), holder)
    expires, random = at + CODE_LIFETIME, secrets.token_bytes(16)
    ticket = mail_code.write(made_for, expires=expires, key=_key(), random=random)
    return ticket, mail_code.code(ticket, key=_key())


def accept_code(
    *,
    ticket: str,
    typed: str,
    form: str,
    address: str,
    holder: str,
    request: str = "",
    at: dt.datetime,
) -> None:
    """Spend a code by mail, as ``accept_proof``. TooMany after five wrong ones for one ticket."""
    made_for = mail_code.MadeFor(form, address.lower(), holder)
    if mail_code.is_ours(ticket, made_for, key=_key()):  # made-up ones must not fill the table
        every = CODE_LIFETIME * TRIES
        take(scope="mail code tried", key=ticket, most=TRIES, every=every, at=at)
    found = mail_code.fault(ticket, typed, made_for, key=_key(), at=at)
    if found:
        raise _refused(found)
    _spend(ticket, request, until=at + CODE_LIFETIME)


def forget_proofs(*, before: dt.datetime) -> int:
    """Remove spent proofs that nobody could use any more; the number removed."""
    return SpentProof.objects.filter(expires_at__lt=before).delete()[0]


def _spend(line: str, request: str, *, until: dt.datetime) -> None:
    """Insert first: of two requests with one proof the unique row lets one through."""
    challenge, served = _digest(line), _digest(request) if request else ""
    try:
        with transaction.atomic():
            SpentProof.objects.create(challenge=challenge, request=served, expires_at=until)
    except IntegrityError:
        known = SpentProof.objects.filter(challenge=challenge).first()
        if known is None or not served or known.request != served:
            raise _refused("proof_spent") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key() -> bytes:
    return salted_hmac("stocktaking.guards.proof", "", algorithm="sha256").digest()


def _refused(code: str) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code])
