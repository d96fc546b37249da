"""Saving a profile and starting an import, from wherever in the wizard one is."""

import hashlib
import re
from dataclasses import replace

from django.http import HttpRequest

from stocktaking.intake.models import ImportBatch, ImportProfile
from stocktaking.intake.operations.imports import open_batch, save_profile
from stocktaking.intake.queries import imports
from stocktaking.intake.rules.profiles.documents import parse, write
from stocktaking.intake.rules.profiles.faults import ProfileBroken
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.shipped import texts
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.web.access import person_of
from stocktaking.web.forms.base import Problem
from stocktaking.web.views.staff.imports.frame import OpenedFile
from stocktaking.web.views.staff.once import key_for

SLUG_MAX = 40
_VERSION = re.compile(r"^(version\s*=\s*)\d+", re.MULTILINE)  # stands before all tables


def own(profile: Profile) -> Profile:
    """A profile that comes with the program keeps its name; what is made of it here is ours."""
    if profile.slug not in texts():
        return profile
    return replace(profile, slug=f"{profile.slug}-own"[:SLUG_MAX])


def save(request: HttpRequest, profile: Profile) -> ImportProfile:
    """A new version of the profile; where the newest one says the same, that one.

    So that a form sent twice makes one version.
    """
    newest = ImportProfile.objects.filter(slug=profile.slug).order_by("-version").first()
    if newest is not None and _same(newest, profile):
        return newest
    version = newest.version + 1 if newest else 1
    text = write(replace(profile, version=version))
    return save_profile(text=text, by=person_of(request), at=clock.now())


def save_text(text: str, profile: Profile, request: HttpRequest) -> ImportProfile:
    """A profile file as somebody wrote it, comments and all; one whose version is taken by other
    words gets the next number. The same words again are the same version."""
    newest = ImportProfile.objects.filter(slug=profile.slug).order_by("-version").first()
    if newest is not None and profile.version <= newest.version:
        again = _VERSION.sub(rf"\g<1>{newest.version}", text, count=1)
        numbered = _VERSION.sub(rf"\g<1>{newest.version + 1}", text, count=1)
        text = newest.text if again == newest.text else numbered
    return save_profile(text=text, by=person_of(request), at=clock.now())


def start(
    request: HttpRequest,
    file: OpenedFile,
    profile: Profile,
    *,
    trial: bool = True,
    publish: bool | None = None,
    conflict: str | None = None,
) -> ImportBatch:
    """Begin a trial, or the import itself; the same form sent again finds the same one."""
    asked = (key_for(request), file.number, write(profile), trial, publish, conflict)
    return open_batch(
        file=file.stored,
        name=file.name,
        profile=profile,
        dry_run=trial,
        publish=publish,
        conflict=conflict,
        # whoever goes back and changes something sends the same key with another wish
        key=hashlib.sha256(repr(asked).encode()).hexdigest(),
        by=person_of(request),
        at=clock.now(),
    )


def problems_of(broken: RuleBroken) -> list[Problem]:
    """What an operation refuses, for the head of a form."""
    errors = broken.errors if isinstance(broken, RulesBroken) else [broken]
    return [Problem("", "", str(error)) for error in errors]


def profile_of(batch: ImportBatch) -> Profile | None:
    """The profile of an import as it was kept; None where this release cannot read it.

    What the import itself holds of it may read a report, and then is not what is kept.
    """
    kept = _kept(batch.profile_slug, batch.profile_version)
    return kept or _parsed(batch.profile)


def profile_by_number(number: int) -> Profile | None:
    return _parsed(ImportBatch.objects.values_list("profile", flat=True).get(number=number))


def _kept(slug: str, version: int) -> Profile | None:
    try:
        return imports.profile(slug, version)
    except ProfileBroken:
        return None


def _parsed(text: str) -> Profile | None:
    try:
        return parse(text)
    except ProfileBroken:
        return None


def _same(kept: ImportProfile, profile: Profile) -> bool:
    return _parsed(kept.text) == replace(profile, version=kept.version)
