"""Profiles that an import may use: those of this register, and those that are shipped."""

from collections.abc import Mapping
from dataclasses import dataclass

from stocktaking.intake.models import ImportProfile
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.shipped import shipped, texts


@dataclass(frozen=True)
class ProfileView:
    """One version of a profile; ``title`` is by language, ``text`` the file."""

    slug: str
    version: int
    title: Mapping[str, str]
    shipped: bool
    text: str

    def profile(self) -> Profile:
        return parse(self.text)


def profiles() -> list[ProfileView]:
    """The newest version of each profile, by name. One SQL query."""
    found = {
        slug: ProfileView(slug, one.version, one.title, True, texts()[slug])
        for slug, one in shipped().items()
    }
    for row in ImportProfile.objects.order_by("slug", "version"):
        found[row.slug] = ProfileView(row.slug, row.version, row.title, False, row.text)
    return [found[slug] for slug in sorted(found)]


def profile(slug: str, version: int | None = None) -> Profile | None:
    """A profile by its name, the newest version unless told; one SQL query at most."""
    kept = ImportProfile.objects.filter(slug=slug).order_by("-version")
    if version is not None:
        kept = kept.filter(version=version)
    if (row := kept.first()) is not None:
        return parse(row.text)
    found = shipped().get(slug)
    return found if found and version in (None, found.version) else None
