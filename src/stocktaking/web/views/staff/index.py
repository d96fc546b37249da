"""The search index of this node, and jobs: their state, starting and ending them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.jobs import queries
from stocktaking.jobs.operations import request_cancel, retry_job, start_job
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.search.queries.standing import standing
from stocktaking.web.access import allow, person_of
from stocktaking.web.views.staff.frame import desk_page

REBUILD = "search.rebuild"


@allow(Capability.OPERATE)
@require_safe
def index_state(request: HttpRequest) -> HttpResponse:
    found = [job for job in queries.recent() if job.kind == REBUILD]
    running = next((job for job in found if job.open), None)
    context = {"index": standing(), "running": running, "rebuilds": found[:5]}
    return desk_page(request, "web/staff/index.html", "staff_index", context)


@allow(Capability.OPERATE)
@require_POST
def rebuild(request: HttpRequest) -> HttpResponse:
    """Start a rebuild; while one waits or runs, lead to that one."""
    running = next((j for j in queries.recent() if j.kind == REBUILD and j.open), None)
    if running is not None:
        return redirect("staff_job", running.id)
    job = start_job(kind=REBUILD, by=person_of(request), at=clock.now())
    return redirect("staff_job", job.pk)


@allow(Capability.OPERATE)
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    return desk_page(request, "web/staff/jobs.html", "staff_jobs", {"found": queries.recent(100)})


@allow(Capability.OPERATE)
@require_safe
def job(request: HttpRequest, number: int) -> HttpResponse:
    """Progress. The page never reloads by itself: nobody could stop it or read it in peace."""
    view = queries.job(number)
    if view is None:
        raise Http404
    who = Person.objects.filter(pk=view.by_id).first() if view.by_id else None
    return desk_page(request, "web/staff/job.html", "staff_jobs", {"job": view, "who": who})


@allow(Capability.OPERATE)
@require_POST
def job_act(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel a job, or try a failed one again, as the button ``act`` says."""
    if queries.job(number) is None:
        raise Http404
    change = retry_job if request.POST.get("act") == "retry" else request_cancel
    try:
        change(job_id=number, by=person_of(request), at=clock.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("The job waits for a worker.")
            if change is retry_job
            else _("The job is told to end."),
        )
    return redirect("staff_job", number)
