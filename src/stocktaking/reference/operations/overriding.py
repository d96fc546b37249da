"""The operator's own words for schemes and terms. They survive every load."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.reference.models import Scheme, Term
from stocktaking.reference.operations.revision import bump, lock
from stocktaking.reference.rules import wording
from stocktaking.reference.signals import wording_changed

_MESSAGES = {
    "language_unknown": _("This is not the code of a language."),
    "text_too_long": _("This is longer than %(most)s characters."),
    "text_unclean": _("This holds control characters."),
}


def override_term(
    *,
    term_id: int,
    title: Mapping[str, str],
    short: Mapping[str, str],
    by: Any,
    at: dt.datetime,
    based_on: str | None = None,
) -> Term:
    """Lay own words over a term's, by language; a language left empty shows the shipped ones.

    ``based_on`` is the stamp of ``queries.term_wording``; without it the last one wins.
    """
    parts = {
        "title": _checked(title, "title", wording.TITLE_MAX),
        "short": _checked(short, "short", wording.SHORT_MAX),
    }
    return _override(Term, term_id, parts, based_on, by, at)


def override_scheme(
    *,
    scheme_id: int,
    title: Mapping[str, str],
    plural: Mapping[str, str],
    by: Any,
    at: dt.datetime,
    based_on: str | None = None,
) -> Scheme:
    """Lay own words over a scheme's, as ``override_term`` does."""
    parts = {
        "title": _checked(title, "title", wording.TITLE_MAX),
        "plural": _checked(plural, "plural", wording.TITLE_MAX),
    }
    return _override(Scheme, scheme_id, parts, based_on, by, at)


def clear_override(
    *,
    by: Any,
    at: dt.datetime,
    term_id: int | None = None,
    scheme_id: int | None = None,
    based_on: str | None = None,
) -> Term | Scheme:
    """Go back to the shipped words of one term or one scheme."""
    if (term_id is None) == (scheme_id is None):
        raise ValueError("name a term or a scheme")
    if term_id is not None:
        return _override(Term, term_id, {}, based_on, by, at)
    return _override(Scheme, scheme_id, {}, based_on, by, at)


def _checked(texts: Mapping[str, str], field: str, most: int) -> dict[str, str]:
    # a fault is looked for before blanks are put right: a NUL is refused, not repaired
    given = {language: text.strip() for language, text in texts.items()}
    if found := wording.fault(given, most=most):
        language, code = found
        raise RuleBroken(code, _MESSAGES[code], field=f"{field}_{language}", most=most)
    return wording.clean(given)


@transaction.atomic
def _override(
    model: Any,
    pk: int | None,
    parts: dict[str, dict[str, str]],
    based_on: str | None,
    by: Any,
    at: dt.datetime,
) -> Any:
    revision = lock()
    row = model.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise RuleBroken("not_found", _("This word is not there any more."))
    old = row.overrides
    if based_on is not None and wording.stamp(old) != based_on:
        raise StaleVersion(
            "stale_version",
            _("Somebody else changed these words meanwhile. Look at them, then save again."),
        )
    new = {name: texts for name, texts in parts.items() if texts}
    if new == old:
        return row
    row.overrides = new
    row.save(update_fields=["overrides"])
    verb = "wording_overridden" if new else "wording_cleared"
    record(verb=verb, of=row, by=by, at=at, detail={"old": old, "new": new})
    bump(revision)
    slug = row.slug if isinstance(row, Scheme) else row.scheme.slug
    wording_changed.send(sender=model, scheme=slug, by=by, at=at)
    return row
