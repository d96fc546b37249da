from typing import Any

from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability

C = Capability
ROUTES: dict[str, Route] = {
    "<lang>/staff/entries/edit-table.<table_form:form>": Route(
        C.IMPORT_ENTRIES, "/en/staff/entries/edit-table.csv"
    ),
    "<lang>/staff/explore/edit-table.<table_form:form>": Route(
        C.IMPORT_ENTRIES, "/en/staff/explore/edit-table.csv"
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
