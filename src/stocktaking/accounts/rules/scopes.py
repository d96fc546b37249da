"""Roles that are held for a part of the register: for a country or region, or for a line."""

from stocktaking.accounts.rules.roles import Role

TermKey = tuple[str, str]  # scheme and code
COUNTRIES = "country"  # scheme of seats and of people's countries
# every other role is held for the whole site
SCOPED_ROLES: frozenset[Role] = frozenset({Role.COORDINATOR, Role.FACILITATOR})


def written(key: TermKey) -> str:
    """``country:KE``: how a form, a command and history name a scope."""
    return f"{key[0]}:{key[1]}"


def read(text: str) -> TermKey | None:
    """The scope that ``written`` named; None for anything else."""
    scheme, colon, code = text.strip().partition(":")
    return (scheme, code) if scheme and colon and code else None
