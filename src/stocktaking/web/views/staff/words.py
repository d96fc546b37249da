"""The words for what history records."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "created": _("created"),
    "imported": _("imported"),
    "revised": _("changed"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
    "organisation_registered": _("organisation registered"),
    "organisation_revised": _("organisation changed"),
    "organisation_merged_away": _("merged into another organisation"),
    "organisation_took_in": _("took in another organisation"),
    "member_added": _("member added"),
    "member_removed": _("member removed"),
    "role_granted": _("role granted"),
    "role_revoked": _("role taken back"),
    "person_registered": _("account opened"),
    "person_revised": _("account changed"),
    "person_erased": _("account erased"),
    "one_time_link_used": _("signed in by a demo link"),
    "wording_overridden": _("label changed"),
    "wording_cleared": _("label of the framework restored"),
    "framework_loaded": _("framework loaded"),
    "page_loaded": _("page loaded"),
    "page_revised": _("page changed"),
    "page_reverted": _("page restored"),
    "job_started": _("job started"),
    "job_cancel_requested": _("job told to end"),
    "job_retried": _("job tried again"),
    "job_done": _("job done"),
    "job_failed": _("job failed"),
    "job_cancelled": _("job cancelled"),
    "stored": _("file stored"),
}
THINGS: dict[str, str | Promise] = {
    "entries.entry": _("Entry"),
    "entries.collection": _("Collection"),
    "entries.source": _("Source"),
    "accounts.organisation": _("Organisation"),
    "accounts.person": _("Account"),
    "files.storedfile": _("File"),
    "jobs.job": _("Job"),
    "pages.page": _("Page"),
    "reference.scheme": _("Scheme"),
    "reference.term": _("Term"),
}
