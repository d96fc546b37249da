import pytest
from tests.factories import accounts

from stocktaking.jobs import queries
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_waiting, start_job
from stocktaking.kernel import clock
from stocktaking.search.queries.standing import standing


def test_state_counts_documents_and_what_is_missing(desk, register) -> None:
    register.add()
    register.index()
    assert (standing().documents, standing().behind) == (1, 0)
    register.add()
    assert standing().behind == 1
    assert "1 change behind" in desk("index/").text


def test_rebuild_runs_as_a_job_that_can_be_watched(desk, register) -> None:
    register.add()
    waiting = desk("index/").form(name="csrfmiddlewaretoken").send()
    [job] = queries.recent()
    assert waiting.path == f"/en/staff/jobs/{job.id}/"
    assert "Look again" in waiting.text
    assert "refresh" not in waiting.html
    run_waiting(at_clock=clock.now)
    done = desk(f"jobs/{job.id}/")
    assert "Done" in done.text
    assert "Look again" not in done.text
    assert standing().documents == 1


def test_second_rebuild_leads_to_the_first(desk, browser) -> None:
    browser.post("/en/staff/index/rebuild/")
    browser.post("/en/staff/index/rebuild/")
    assert Job.objects.count() == 1
    assert "It is being built now" in desk("index/").text


def test_waiting_job_is_cancelled(desk) -> None:
    job = start_job(kind="search.rebuild", by=None, at=accounts.AT)
    desk(f"jobs/{job.pk}/").form(name="act").send(act="cancel")
    assert queries.job(job.pk).state == "cancelled"
    assert "Cancelled" in desk("jobs/").text


def test_failed_job_is_tried_again_and_shows_why(desk) -> None:
    job = start_job(kind="search.rebuild", by=None, at=accounts.AT)
    message = "<script>alert(1)</script>"
    Job.objects.filter(pk=job.pk).update(state="failed", message=message, ended_at=accounts.AT)
    page = desk(f"jobs/{job.pk}/")
    assert message in page.text
    assert page.tree.findall(".//script") == []
    page.form(name="act").send(act="retry")
    assert queries.job(job.pk).state == "waiting"


def test_ended_job_cannot_be_cancelled(desk, browser) -> None:
    job = start_job(kind="search.rebuild", by=None, at=accounts.AT)
    Job.objects.filter(pk=job.pk).update(state="done", ended_at=accounts.AT)
    answer = browser.post(f"/en/staff/jobs/{job.pk}/act/", {"act": "cancel"}, follow=True)
    assert "This job has ended." in answer.content.decode()


@pytest.mark.parametrize("path", ["jobs/999/", "jobs/99999999999999999999/"])
def test_unknown_job_is_not_found(desk, path) -> None:
    assert desk(path).status == 404
