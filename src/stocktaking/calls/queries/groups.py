"""Groups of people who are written to: accounts found by a rule, addresses listed by hand."""

from django.db.models import QuerySet

from stocktaking.accounts.models import Consent, Organisation, Person
from stocktaking.accounts.queries import consenting as agreed
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.calls.models import RecipientGroup
from stocktaking.calls.rules.audience import GroupRule
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState


def accounts_of(rule: GroupRule) -> QuerySet[Person]:
    """The accounts that a rule finds, in a steady order."""
    if rule.finds_nobody:
        return Person.objects.none()
    found = Person.objects.filter(is_active=True)
    if rule.owners:
        owning = Entry.objects.filter(state=EntryState.PUBLISHED).values("organisation")
        bodies = Organisation.objects.filter(number__in=owning)
        found = found.filter(memberships__organisation__in=bodies)
    if rule.stakeholders:
        found = found.filter(stakeholder__code__in=rule.stakeholders)
    if rule.countries:
        found = found.filter(country__code__in=rule.countries)
    return found.distinct().order_by("pk")


def fits(group: RecipientGroup, person: Person) -> bool:
    rule = GroupRule.from_json(group.rule)
    return not rule.finds_nobody and accounts_of(rule).filter(pk=person.pk).exists()


def consenting(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those among them who want letters of calls."""
    return people.filter(pk__in=agreed(Purpose.CALLS).values("person"))


def refused_reminders(people: list[int]) -> frozenset[int]:
    """Those who said that they want no reminders; who never said may get them. One SQL query."""
    said = Consent.objects.filter(person__in=people, purpose=Purpose.REMINDERS).order_by("id")
    last = dict(said.values_list("person", "given"))
    return frozenset(person for person, given in last.items() if not given)
