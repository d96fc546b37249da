"""Whether somebody was asked by name: listed in a group that a letter of the call goes to."""

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Recipient, RecipientGroup
from stocktaking.calls.queries.groups import fits


def is_invited(call: Call, person: Person) -> bool:
    """One SQL query, and one for each group with a rule."""
    groups = RecipientGroup.objects.filter(letters__call=call).distinct()
    if Recipient.objects.filter(group__in=groups, email__iexact=person.email).exists():
        return True
    return any(fits(group, person) for group in groups)
