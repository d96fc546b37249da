"""The organiser's words for a kind of mail, in one language."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken, StaleVersion
from stocktaking.outbox.models import TemplateText
from stocktaking.outbox.operations.composing import shipped
from stocktaking.outbox.registry import KINDS, MailKind
from stocktaking.outbox.rules.placeholders import SUBJECT_MAX, block, line, unknown

BODY_MAX = 8_000


@transaction.atomic
def revise_template(
    *,
    kind: str,
    language: str,
    subject: str,
    body: str,
    based_on: int,
    by: Any | None,
    at: dt.datetime,
) -> TemplateText | None:
    """Write own words for a kind of mail. ``based_on`` is the ``lock`` that was shown (0: the
    shipped words); StaleVersion where somebody saved meanwhile. Gives the row, or None where
    the words are the shipped ones. A placeholder that nothing fills is refused."""
    found = _known(kind, language)
    row = _locked(kind, language, based_on)
    subject, body = line(subject), block(body).strip() + "\n"
    _check(found, subject, body)
    if row is None:
        words = shipped(found, language)
        if (subject, body.strip()) == (line(words.subject), words.body.strip()):
            return None
        row = _new(TemplateText(kind=kind, language=language, lock=1, changed_at=at), subject, body)
    elif (row.subject, row.body) == (subject, body):
        return row
    else:
        row.subject, row.body, row.lock, row.changed_at = subject, body, row.lock + 1, at
        row.save()
    record(verb="mail_template_revised", of=row, by=by, at=at, detail=_which(row))
    return row


@transaction.atomic
def restore_template(
    *, kind: str, language: str, based_on: int, by: Any | None, at: dt.datetime
) -> None:
    """Go back to the words that the package brings, and follow them again."""
    _known(kind, language)
    row = _locked(kind, language, based_on)
    if row is None:
        return
    detail = _which(row) | {"subject": row.subject, "body": row.body}
    record(verb="mail_template_restored", of=row, by=by, at=at, detail=detail)
    row.delete()


def faults_of(found: MailKind, subject: str, body: str) -> list[RuleBroken]:
    """What keeps these words from being used; also asked of the letters of a call."""
    faults = []
    for field, text, most in (("subject", subject, SUBJECT_MAX), ("body", body, BODY_MAX)):
        if not text.strip():
            faults.append(RuleBroken("text_missing", _("Write a text."), field=field))
        elif len(text) > most:
            message = _("This is longer than %(most)s characters.")
            faults.append(RuleBroken("text_too_long", message, field=field, most=most))
        if missing := unknown(text, found.placeholders):
            message = _("Nothing fills %(places)s. Use the placeholders that are listed.")
            places = ", ".join(missing)
            faults.append(RuleBroken("placeholder_unknown", message, field=field, places=places))
    return faults


def _check(found: MailKind, subject: str, body: str) -> None:
    if faults := faults_of(found, subject, body):
        raise RulesBroken(faults)


def _known(kind: str, language: str) -> MailKind:
    if kind not in KINDS or language not in languages.BY_CODE:
        raise RuleBroken("not_found", _("There is no such mail."))
    return KINDS[kind]


def _locked(kind: str, language: str, based_on: int) -> TemplateText | None:
    rows = TemplateText.objects.select_for_update().filter(kind=kind, language=language)
    row = rows.first()
    if (row.lock if row else 0) != based_on:
        raise _stale()
    return row


def _new(row: TemplateText, subject: str, body: str) -> TemplateText:
    row.subject, row.body = subject, body
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # somebody else wrote the first words at this moment
        raise _stale() from error
    return row


def _stale() -> StaleVersion:
    return StaleVersion(
        "stale_version",
        _("Somebody else saved this mail meanwhile. Compare your text with theirs."),
    )


def _which(row: TemplateText) -> dict[str, str]:
    return {"kind": row.kind, "language": row.language}
