"""Profiles of this register: kept version by version, checked against the framework."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.history.operations import record
from stocktaking.intake.models import ImportProfile
from stocktaking.intake.operations.imports.refusals import refused
from stocktaking.intake.operations.imports.words import told_of_profile
from stocktaking.intake.queries.imports.framework import framework
from stocktaking.intake.rules.profiles.checking import check
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.faults import ProfileBroken, ProfileFault
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.shipped import texts
from stocktaking.kernel.errors import RuleBroken, RulesBroken


def save_profile(*, text: str, by: Person | None, at: dt.datetime) -> ImportProfile:
    """Keep a version of a profile; the same text again is the same version.

    RulesBroken with every fault of the file; ``profile_version_exists`` where this version was
    kept with other words, ``profile_shipped`` for the name of a profile that is shipped.
    """
    if by is not None:
        require(by, Capability.IMPORT_ENTRIES)
    profile = read_profile(text)
    if profile.slug in texts():
        raise refused("profile_shipped", "text", slug=profile.slug)
    with transaction.atomic():
        kept, created = ImportProfile.objects.get_or_create(
            slug=profile.slug,
            version=profile.version,
            defaults={
                "title": dict(profile.title),
                "text": text,
                "by_id": by.pk if by is not None else None,
                "made_at": at,
            },
        )
        if created:
            detail = {"slug": profile.slug, "version": profile.version}
            record(verb="profile_saved", of=kept, by=by, at=at, detail=detail)
        elif kept.text != text:
            where = {"slug": profile.slug, "version": profile.version}
            raise refused("profile_version_exists", "text", **where)
    return kept


def read_profile(text: str) -> Profile:
    """The profile of a file, fit for this register; RulesBroken with every fault."""
    try:
        return parse(text, framework())
    except ProfileBroken as broken:
        raise all_of("profile_broken", broken.faults) from broken


def require_fit(profile: Profile) -> None:
    """RulesBroken where a profile maps to schemes or codes that this register does not have."""
    if faults := check(profile, framework()):
        raise all_of("profile_unfit", faults)


def all_of(code: str, faults: tuple[ProfileFault, ...] | list[ProfileFault]) -> RulesBroken:
    errors: list[RuleBroken] = [
        refused(code, "profile", fault=told_of_profile(fault)) for fault in faults
    ]
    return RulesBroken(errors)
