"""For what somebody may be written to, besides what an account cannot do without."""

from enum import StrEnum


class Purpose(StrEnum):
    """None is agreed to until a person says so."""

    CALLS = "calls"  # news letters of calls
    CONTACT = "contact"  # readers write through the site, without seeing the address
    REMINDERS = "reminders"  # of drafts and deadlines


# What a purpose means. Who widens one raises its number: what was agreed to before counts no
# longer, and people are asked again. A better wording of the same keeps the number.
VERSIONS: dict[Purpose, int] = {Purpose.CALLS: 1, Purpose.CONTACT: 1, Purpose.REMINDERS: 1}
