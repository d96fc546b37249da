from typing import Any

from tests.factories import imports
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability

C = Capability.IMPORT_ENTRIES
HERE, AT = "<lang>/staff/imports/", "/en/staff/imports/"
ONE, THIS = f"{HERE}<number:number>/", AT + "{trial}/"
ROUTES: dict[str, Route] = {
    HERE: Route(C, AT),
    f"{HERE}new/": Route(C, f"{AT}new/"),
    f"{HERE}files/<number:file>/": Route(C, AT + "files/{data}/"),
    f"{HERE}files/<number:file>/profile/": Route(C, AT + "files/{data}/profile/"),
    f"{HERE}profiles/": Route(C, f"{AT}profiles/"),
    f"{HERE}profiles/new/": Route(C, f"{AT}profiles/new/"),
    f"{HERE}profiles/<slug:slug>/": Route(C, f"{AT}profiles/projects/"),
    f"{HERE}profiles/<slug:slug>/<number:version>.toml": Route(C, f"{AT}profiles/projects/1.toml"),
    ONE: Route(C, THIS),
    f"{ONE}progress/": Route(C, f"{THIS}progress/"),
    f"{ONE}rows/<number:place>/": Route(C, f"{THIS}rows/2/"),
    f"{ONE}values/": Route(C, f"{THIS}values/"),
    f"{ONE}run/": form(C, f"{THIS}run/", 422),
    f"{ONE}cancel/": form(C, f"{THIS}cancel/"),
    f"{ONE}resume/": form(C, f"{THIS}resume/"),
    f"{ONE}undo/": Route(C, f"{THIS}undo/"),
    f"{ONE}report.<table_form:form>": Route(C, f"{THIS}report.csv"),
    f"{ONE}report.jsonl": Route(C, f"{THIS}report.jsonl"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    """A trial with rows of every kind, of a file that somebody else has sent."""
    imports.profile()
    trial = imports.batch(by=None)
    return {"trial": trial.number, "data": trial.file_id}
