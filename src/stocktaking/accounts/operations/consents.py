"""What people agree to, purpose by purpose."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Consent, Person
from stocktaking.accounts.permissions import require_own_account
from stocktaking.accounts.queries import CONSENT_TEXTS, consents
from stocktaking.accounts.rules.consents import VERSIONS, Purpose
from stocktaking.accounts.signals import consent_changed
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken

# where it can be said: the own page, a link in a mail
ON_PAGE, BY_MAIL = "page", "mail"


@transaction.atomic
def set_consents(
    *,
    person: Person,
    given: Mapping[Purpose, bool],
    language: str = languages.DEFAULT,
    how: str = ON_PAGE,
    by: Person | None,
    at: dt.datetime,
) -> list[Consent]:
    """Write down what somebody agrees to or takes back; only what changed becomes a row.

    Purposes that ``given`` does not name stay as they are. ``language`` is that of the words
    that were shown. ``by=None`` is a link in a mail, which may only take back: ``consent_own``.
    """
    require_own_account(by, person)
    if by is None and any(given.values()):
        raise RuleBroken("consent_own", _("Only the person can agree to this."))
    Person.objects.select_for_update().get(pk=person.pk)  # two forms at once: one after another
    now = {view.purpose: view.given for view in consents(person)}
    changed = [purpose for purpose in Purpose if given.get(purpose, now[purpose]) != now[purpose]]
    rows = [_say(person, purpose, given[purpose], language, how, at) for purpose in changed]
    for row in rows:
        verb = "consent_given" if row.given else "consent_taken_back"
        record(verb=verb, of=person, by=by, at=at, detail={"purpose": row.purpose})
        purpose = Purpose(row.purpose)
        consent_changed.send(sender=Person, person=person, purpose=purpose, given=row.given, at=at)
    return rows


def _say(
    person: Person, purpose: Purpose, given: bool, language: str, how: str, at: dt.datetime
) -> Consent:
    with translation.override(languages.BY_CODE[language].django):
        text = str(CONSENT_TEXTS[purpose])
    return Consent.objects.create(
        person=person,
        purpose=purpose.value,
        given=given,
        text=text,
        language=language,
        version=VERSIONS[purpose],
        how=how,
        at=at,
    )
