"""The profiles that can be chosen: those of this register, and those that the package brings."""

from dataclasses import dataclass

from stocktaking.intake.queries.imports import ProfileView, profiles
from stocktaking.intake.rules.profiles.faults import ProfileBroken
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.texts import language_of, pick


@dataclass(frozen=True)
class Known:
    """A version of a profile with its title in the language of the page."""

    view: ProfileView
    profile: Profile

    @property
    def slug(self) -> str:
        return self.view.slug

    @property
    def version(self) -> int:
        return self.view.version

    @property
    def words(self) -> str:
        return pick(self.view.title, languages.current().code) or self.slug

    @property
    def language(self) -> str:
        return language_of(self.view.title, languages.current().code)


def known_profiles() -> dict[str, Known]:
    """The newest version of each, by slug; those that this release cannot read are left out."""
    found = {}
    for view in profiles():
        try:
            found[view.slug] = Known(view, view.profile())
        except ProfileBroken:
            continue
    return found
