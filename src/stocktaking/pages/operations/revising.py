"""The operator's own texts, and addresses that moved."""

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken, StaleVersion
from stocktaking.pages.models import Page, PageText, Redirect
from stocktaking.pages.rules.texts import BODY_MAX, TITLE_MAX, shipped_text
from stocktaking.pages.signals import page_revised

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PATH = re.compile(r"/(?![/\\])[^\s\\]*")
PATH_MAX = 300


@transaction.atomic
def revise_page(
    *,
    slug: str,
    language: str,
    title: str,
    body: str,
    based_on: int,
    by: Person | None,
    at: dt.datetime,
) -> Page:
    """Save a text in one language. ``based_on`` is the ``lock`` that its editor was shown."""
    _may_change(by)
    page = _locked(slug, based_on)
    title, body = " ".join(title.split()), body.replace("\r\n", "\n").strip() + "\n"
    _check(language, title, body)
    text = PageText.objects.filter(page=page, language=language).first()
    if text is not None and (text.title, text.body) == (title, body):
        return page
    text = text or PageText(page=page, language=language)
    old = {"title": text.title, "body": text.body}
    text.title, text.body = title, body
    text.changed_by_operator, text.changed_at = True, at
    text.save()
    _changed(page, "page_revised", language, old, by, at)
    return page


@transaction.atomic
def revert_page(
    *, slug: str, language: str, based_on: int, by: Person | None, at: dt.datetime
) -> Page:
    """Go back to the text that the package brings, and follow it again."""
    _may_change(by)
    page = _locked(slug, based_on)
    shipped = shipped_text(slug, language)
    if shipped is None:
        raise RuleBroken("not_shipped", _("There is no text to go back to in this language."))
    text = PageText.objects.filter(page=page, language=language).first()
    text = text or PageText(page=page, language=language)
    old = {"title": text.title, "body": text.body}
    text.title, text.body = shipped.title, shipped.body
    text.changed_by_operator, text.changed_at = False, at
    text.save()
    _changed(page, "page_reverted", language, old, by, at)
    return page


def _may_change(by: Person | None) -> None:
    """Who edits pages, and the operator's console (None)."""
    if by is not None:
        require(by, Capability.EDIT_PAGES)


def _locked(slug: str, based_on: int) -> Page:
    page = Page.objects.select_for_update().filter(slug=slug).first()
    if page is None:
        raise RuleBroken("not_found", _("There is no such page."))
    if page.lock != based_on:
        raise StaleVersion(
            "stale_version",
            _("Somebody else saved this page meanwhile. Compare your text with theirs."),
        )
    return page


def _check(language: str, title: str, body: str) -> None:
    faults = []
    if language not in languages.CODES:
        faults.append(
            RuleBroken("language_unknown", _("This is no language of the site."), field="language")
        )
    for field, text, most in (("title", title, TITLE_MAX), ("body", body, BODY_MAX)):
        if not text.strip():
            faults.append(RuleBroken("text_missing", _("Write a text."), field=field))
        elif len(text) > most:
            message = _("This is longer than %(most)s characters.")
            faults.append(RuleBroken("text_too_long", message, field=field, most=most))
        elif _CONTROL.search(text):
            faults.append(
                RuleBroken("text_unclean", _("This holds control characters."), field=field)
            )
    if faults:
        raise RulesBroken(faults)


def _changed(
    page: Page, verb: str, language: str, old: dict[str, str], by: Person | None, at: dt.datetime
) -> None:
    page.lock += 1
    page.save(update_fields=["lock"])
    record(verb=verb, of=page, by=by, at=at, detail={"language": language, "old": old})
    page_revised.send(sender=Page, page=page, language=language, by=by, at=at)


@transaction.atomic
def set_redirect(*, path: str, target: str, by: Person | None, at: dt.datetime) -> Redirect:
    """Let an old address lead to a new one; both are paths of this site, without the language."""
    _may_change(by)
    for field, value in (("path", path), ("target", target)):
        if not _PATH.fullmatch(value) or len(value) > PATH_MAX:
            message = _("Write an address of this site that starts with one slash.")
            raise RuleBroken("path_malformed", message, field=field)
    ends, seen = target, {path}
    while ends not in seen:
        seen.add(ends)
        ends = Redirect.objects.filter(path=ends).values_list("target", flat=True).first() or ends
    if ends == path:
        raise RuleBroken(
            "redirect_loop", _("This address would lead back to itself."), field="target"
        )
    row, created = Redirect.objects.update_or_create(path=path, defaults={"target": target})
    verb = "created" if created else "revised"
    record(verb=verb, of=row, by=by, at=at, detail={"path": path, "target": target})
    return row
