"""Jobs of participation: reading a website for a code, asking owners once a year."""

from stocktaking.accounts.models import Person
from stocktaking.intake.operations import asking, website_codes
from stocktaking.jobs.registry import Run, kind


@kind(website_codes.JOB)
def look_for_code(run: Run) -> None:
    """Read the website of an organisation; what was found stands at the claim."""
    run.progress(0, 1)
    website_codes.look_for_code(claim_id=int(run.arguments["claim"]), at=run.moment())
    run.progress(1, 1)


@kind(asking.JOB)
def ask_confirmation(run: Run) -> None:
    """Write to everybody who acts for old entries; a run that broke off goes on."""
    asking.ask_confirmation(
        older_than=int(run.arguments.get("older_than", asking.OLDER_THAN)),
        by=Person.objects.filter(pk=run.by_id or 0).first(),
        at=run.moment(),
        progress=lambda done, total: run.progress(done, total),
    )
