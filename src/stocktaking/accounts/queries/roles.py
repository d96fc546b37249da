"""Who is what, and the table of who may do what."""

from dataclasses import dataclass

from stocktaking.accounts.models import Person, RoleGrant
from stocktaking.accounts.rules.roles import GRANTS, Capability, Role
from stocktaking.accounts.rules.scopes import TermKey


def roles_of(person: Person | None) -> frozenset[Role]:
    """Every role somebody holds; ``None`` and a closed account are visitors. Two SQL queries."""
    if person is None or person.pk is None or not person.is_active:
        return frozenset({Role.VISITOR})
    roles = {Role.VISITOR, Role.PERSON}
    if person.memberships.exists():
        roles.add(Role.ORGANISATION_EDITOR)
    roles.update(Role(role) for role in person.grants.values_list("role", flat=True))
    return frozenset(roles)


@dataclass(frozen=True)
class TableRow:
    """One capability and, for each role in the order of ``Role``, whether it is held."""

    capability: Capability
    held: tuple[bool, ...]


def permission_table() -> list[TableRow]:
    """The permission table, capability by capability."""
    return [
        TableRow(capability, tuple(capability in GRANTS[role] for role in Role))
        for capability in Capability
    ]


@dataclass(frozen=True)
class Grant:
    """``scope`` is the term for which the role is held; None: for the whole site."""

    person: Person
    role: Role
    scope: TermKey | None = None


def grants() -> list[Grant]:
    """Every staff role held, by role and address. One SQL query."""
    rows = RoleGrant.objects.select_related("person", "scope__scheme").order_by(
        "role", "person__email", "scope__scheme__slug", "scope__code"
    )
    return [Grant(row.person, Role(row.role), row.scope_key) for row in rows]
