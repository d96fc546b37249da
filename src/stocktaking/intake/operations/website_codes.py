"""Looking for the code of a claim on the organisation's website."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.intake.models import Claim
from stocktaking.intake.operations.claiming import held_claim, prove_claim
from stocktaking.intake.operations.participating import refused
from stocktaking.intake.rules.claiming import file_of, in_file, in_head, same_site
from stocktaking.intake.states import ClaimMethod, ClaimState
from stocktaking.jobs.operations import start_job
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.kernel.outgoing import PUBLIC, Gate, OutgoingError, Page, fetch

JOB = "intake.check_claim"
NOT_FOUND, ELSEWHERE = "code_not_found", "led_elsewhere"


@transaction.atomic
def ask_for_look(*, claim_id: int, by: Person, at: dt.datetime) -> None:
    """Let a job read the website: the claimant has put the code there."""
    claim = held_claim(claim_id)
    if claim.person_id != by.pk:
        raise NotAllowed("not_allowed", "")
    if claim.method != ClaimMethod.WEBSITE_CODE:
        raise refused("method_by_code")
    start_job(kind=JOB, arguments={"claim": claim.pk}, by=by, at=at)


def look_for_code(*, claim_id: int, at: dt.datetime, gate: Gate = PUBLIC) -> Claim | None:
    """Read the website and keep what was found; None where the claim waits no longer.

    The network is asked outside of any transaction. ``gate`` says where requests may go.
    """
    asked = Claim.objects.select_related("organisation").filter(
        pk=claim_id, state=ClaimState.OPEN, method=ClaimMethod.WEBSITE_CODE
    )
    claim = asked.first()
    if claim is None:
        return None
    finding = _finding(claim.organisation.website, claim.code, gate)
    with transaction.atomic():
        try:
            claim = held_claim(claim_id)
        except RuleBroken:
            return None
        claim.checked_at, claim.finding = at, finding
        claim.save(update_fields=["checked_at", "finding"])
        return claim if finding else prove_claim(claim, at)


def _finding(website: str, code: str, gate: Gate) -> str:
    """Empty where the code stands on the website, else why it was not found."""
    try:
        file = fetch(file_of(website), gate=gate)
        if _counts(file, website) and in_file(file.body, code):
            return ""
    except OutgoingError:
        pass  # a site without the file may have the tag
    try:
        page = fetch(website, gate=gate)
    except OutgoingError as error:
        return error.code
    if not same_site(website, page.url):
        return ELSEWHERE
    return "" if _counts(page, website) and in_head(page.body, code) else NOT_FOUND


def _counts(page: Page, website: str) -> bool:
    return page.status == 200 and same_site(website, page.url)
