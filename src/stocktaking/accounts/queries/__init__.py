"""Questions about people, their roles, and organisations."""

from stocktaking.accounts.queries.roles import (
    Grant,
    TableRow,
    grants,
    permission_table,
    roles_of,
)

__all__ = ["Grant", "TableRow", "grants", "permission_table", "roles_of"]
