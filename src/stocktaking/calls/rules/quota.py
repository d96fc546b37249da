"""How many new replies one person and one organisation may send to a call.

Updates and confirmations of entries that exist are not counted: there is one of each at most.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quota:
    """None: as many as they like."""

    per_person: int | None = None
    per_organisation: int | None = None

    @property
    def limits(self) -> bool:
        return self.per_person is not None or self.per_organisation is not None


def refusal(quota: Quota, of_person: int, of_organisation: int) -> str:
    """The code of the reason why one more is too many, besides those that exist; or empty."""
    if quota.per_person is not None and of_person >= quota.per_person:
        return "quota_of_person"
    if quota.per_organisation is not None and of_organisation >= quota.per_organisation:
        return "quota_of_organisation"
    return ""
