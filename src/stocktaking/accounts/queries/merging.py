"""What would move if two accounts became one."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import ManyToOneRel, Model

from stocktaking.accounts.models import Consent, Membership, OneTimeLink, Person, RoleGrant
from stocktaking.accounts.queries.organisations import OrganisationView, organisations_of
from stocktaking.accounts.queries.people import PersonRow, person_row

# told by name; everything else of an account is counted by the kind of thing that it is
NAMED = (Membership, RoleGrant, Consent, SocialAccount, EmailAddress, Authenticator, OneTimeLink)


@dataclass(frozen=True)
class Merge:
    """``others`` counts what apps above hold of the account that goes, by the label of the
    model; ``keys`` are the second factors that do not move."""

    kept: PersonRow
    merged: PersonRow
    organisations: list[OrganisationView]
    addresses: list[str]
    sign_ins: int
    consents: int
    keys: int
    others: list[tuple[str, int]]


def merge_of(*, kept: str, merged: int) -> Merge | None:
    """What moves to the account with the address ``kept``; None where the two are not two."""
    stays = Person.objects.filter(email__iexact=kept.strip()).first()
    goes = Person.objects.filter(pk=merged).first()
    if stays is None or goes is None or stays == goes:
        return None
    kept_row, merged_row = person_row(stays.pk), person_row(goes.pk)
    if kept_row is None or merged_row is None:
        return None
    confirmed = EmailAddress.objects.filter(user=goes, verified=True)
    keys = Authenticator.objects.filter(user=goes)
    return Merge(
        kept=kept_row,
        merged=merged_row,
        organisations=organisations_of(goes),
        addresses=list(confirmed.order_by("email").values_list("email", flat=True)),
        sign_ins=SocialAccount.objects.filter(user=goes).count(),
        consents=Consent.objects.filter(person=goes).count(),
        keys=keys.exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        others=_others(goes),
    )


def relations() -> list[tuple[type[Model], str]]:
    """Every model that names an account, with its field; also those without a way back."""
    return [
        (link.related_model, link.field.name)
        for link in Person._meta.get_fields(include_hidden=True)
        if isinstance(link, ManyToOneRel)
    ]


def _others(person: Person) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for model, field in relations():
        if model not in NAMED:
            number = model._base_manager.filter(**{field: person}).count()
            if number:
                label = _label(model)
                found[label] = found.get(label, 0) + number
    return sorted(found.items())


def _label(model: type[Model]) -> str:
    """The thing's name in history; of a table between two, that of the thing it hangs on."""
    owner = model._meta.auto_created
    return str((owner if isinstance(owner, type) else model)._meta.label_lower)
