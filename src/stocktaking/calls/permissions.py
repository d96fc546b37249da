"""Who may do what with one reply."""

from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Reply, ReplyAuthor
from stocktaking.calls.states import WRITABLE, Part, ReplyState
from stocktaking.entries.models import Entry
from stocktaking.kernel.errors import NotAllowed


def is_author(person: Person | None, reply: Reply) -> bool:
    """One SQL query."""
    return person is not None and reply.authors.filter(person=person).exists()


def is_lead(person: Person | None, reply: Reply) -> bool:
    return person is not None and reply.authors.filter(person=person, part=Part.LEAD).exists()


def can_read(person: Person | None, reply: Reply) -> bool:
    """Its authors, and staff once it was sent: a draft is nobody's business but theirs."""
    if is_author(person, reply):
        return True
    return reply.submitted_at is not None and can(person, Capability.SEE_QUEUE)


def can_write(person: Person | None, reply: Reply) -> bool:
    """Its authors, as long as it is in their hands."""
    return ReplyState(reply.state) in WRITABLE and is_author(person, reply)


def require_author(person: Person | None, reply: Reply) -> None:
    """Raise NotAllowed unless ``person`` writes the reply."""
    if not is_author(person, reply):
        raise NotAllowed("not_author", _("Only the authors of a reply may do this."))


def require_lead(person: Person | None, reply: Reply) -> None:
    if not is_lead(person, reply):
        raise NotAllowed("not_lead", _("Only the lead author may do this."))


def speaks_for(person: Person | None, entry: Entry) -> bool:
    """Whether somebody may update or confirm an entry: a member of its organisation, who
    submitted it, or an author of the reply that it came from. At most two SQL queries."""
    if person is None:
        return False
    if entry.submitted_by_id == person.pk:
        return True
    if entry.organisation_id and (
        person.memberships.filter(organisation=entry.organisation_id).exists()
    ):
        return True
    authored = ReplyAuthor.objects.filter(person=person, reply__entry=entry)
    return authored.filter(reply__state=ReplyState.ACCEPTED).exists()


def require_speaker(person: Person | None, entry: Entry) -> None:
    """Raise NotAllowed unless ``speaks_for``."""
    if not speaks_for(person, entry):
        raise NotAllowed("not_your_entry", _("Only those who own an entry may do this."))
