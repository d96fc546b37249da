"""One section of a reply: shown, saved, gone on from. It works without a script."""

import uuid
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.queries import OrganisationView, organisations_of
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.questionnaires.operations import Conflict, Saved
from stocktaking.questionnaires.rules.conditions import visible
from stocktaking.questionnaires.rules.definition import SectionDef
from stocktaking.questionnaires.rules.values import answered
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.questions import SHOWN, SectionForm
from stocktaking.web.forms.questions.around import typed_line
from stocktaking.web.views.reply.conflict import conflict_page, settled
from stocktaking.web.views.reply.found import authored, writer_of
from stocktaking.web.views.reply.frame import REFUSED, number_in, reply_page
from stocktaking.web.views.reply.kept import forget, keeping, kept_fields
from stocktaking.web.views.reply.saving import Outcome, changed_by_others, save_section
from stocktaking.web.views.reply.standing import Standing

SETTLED = "settled"  # the cookie that reply.js reads
ASKED = ("find", "suggest")  # besides saving: the same section comes once more
DEVICE_HEARS = 60 * 60  # seconds


@keeping
@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, key: uuid.UUID, section: str) -> HttpResponse:
    standing = Standing(authored(request, key), writer_of(request), arrived_at(request))
    found = standing.definition.section(section)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _sent(request, standing, found)
    if not standing.writable or standing.section(section) is None:
        return redirect("reply", key)
    return _shown(request, standing, found)


def form_of(
    standing: Standing,
    section: SectionDef,
    data: QueryDict | None = None,
    files: object = None,
) -> SectionForm:
    def own() -> list[OrganisationView]:
        return organisations_of(standing.person) if standing.person else []

    form = SectionForm(
        section,
        standing.definition,
        standing.answers,
        standing.facts,
        standing.language,
        data,
        files,
        written_in=standing.reply.language,
        # asked only where the page shows them
        own_organisations=cast(list[OrganisationView], SimpleLazyObject(own)),
    )
    form.let_suggest()
    return form


def _shown(request: HttpRequest, standing: Standing, section: SectionDef) -> HttpResponse:
    kept = kept_fields(request)
    form = form_of(standing, section, kept)
    if kept is None and request.GET.get("check"):
        missing = (one for one in standing.missing() if one.section == section.code)
        form.refuse((one.place, one.message) for one in missing)
    base = kept.get("based_on", "") if kept is not None else standing.reply.answer_set.revision
    return _page(request, standing, form, based_on=base, kept=kept is not None)


def _sent(request: HttpRequest, standing: Standing, section: SectionDef) -> HttpResponse:
    act = request.POST.get("act", "next")
    data, undecided = settled(request.POST) if act == "settle" else (request.POST, [])
    before = visible(standing.definition, standing.answers, standing.facts)
    form = form_of(standing, section, data, request.FILES)
    form.store_uploads(by=standing.person, at=clock.now())
    outcome = save_section(
        standing.reply,
        form,
        based_on=number_in(request, "based_on"),
        by=writer_of(request),
        at=clock.now(),
    )
    forget(request)
    if outcome.saved is None:
        return _page(request, standing, form, based_on=number_in(request, "based_on"), lost=True)
    standing = _again(request, standing)
    if outcome.saved.conflicts or undecided:
        conflicts = [*outcome.saved.conflicts, *_undecided(request, standing, section, undecided)]
        return conflict_page(request, standing, section, conflicts, undecided=bool(undecided))
    _tell_of_others(request, outcome.saved)
    answer = _answer(request, standing, form, outcome, act, before)
    if act == "settle":
        _tell_device(request, answer, standing, section)
    return answer


def _answer(
    request: HttpRequest,
    standing: Standing,
    form: SectionForm,
    outcome: Outcome,
    act: str,
    before: frozenset[str],
) -> HttpResponse:
    """Where to go from here: on, or the same section once more."""
    verb, _colon, code = act.partition(":")
    if verb in ASKED or form.problems():
        return _once_more(request, standing, form, outcome, code)
    here = reverse("reply_section", args=[standing.reply.key, form.section.code])
    if verb == "stay":
        return redirect(f"{here}#id_q-{code}" if code else f"{here}?check=1")
    if new := _new_questions(standing, form, before):
        messages.info(request, _("Your answers lead to more questions."))
        return redirect(f"{here}#id_q-{new}")
    after = standing.after(form.section.code)
    return (
        redirect(reverse("reply_section", args=[standing.reply.key, after]))
        if after
        else (redirect("reply_check", standing.reply.key))
    )


def _once_more(
    request: HttpRequest, standing: Standing, sent: SectionForm, outcome: Outcome, code: str
) -> HttpResponse:
    """The section with what could not be kept, with what a search found or a text speaks for."""
    form = form_of(standing, sent.section)
    refused = {(one.field or "").partition(".")[0] for one in outcome.refusals}
    form.take_over(sent, refused)
    form.search(code, typed_line(request.POST, f"q-{code}.find"))
    if request.POST.get("act", "").startswith("suggest:"):
        form.suggest(code, standing.reply.language)
    form.judge()
    seen = number_in(request, "based_on")
    open_codes = {field.code for field in sent if not field.readable} | refused
    others = changed_by_others(outcome.saved, seen) if outcome.saved else set()
    # who puts an answer right that somebody else changed meanwhile must see both
    based_on = seen if open_codes & others else standing.reply.answer_set.revision
    status = REFUSED if form.problems() else 200
    return _page(request, standing, form, based_on=based_on, status=status)


def _new_questions(standing: Standing, form: SectionForm, before: frozenset[str]) -> str:
    """The first question of this section that came into view by saving, unanswered."""
    after = visible(standing.definition, standing.answers, standing.facts)
    return next(
        (
            question.code
            for question in form.section.questions
            if question.code in after - before and not answered(standing.answers.get(question.code))
        ),
        "",
    )


def _again(request: HttpRequest, standing: Standing) -> Standing:
    """The reply as it stands after saving."""
    return Standing(authored(request, standing.reply.key), standing.person, standing.at)


def _undecided(
    request: HttpRequest, standing: Standing, section: SectionDef, codes: list[str]
) -> list[Conflict]:
    """Questions of the page with both texts for which nobody chose: shown there again."""
    form = form_of(standing, section, request.POST)
    return [
        Conflict(code, None, standing.answers.get(code), field.value)
        for code in codes
        if (field := form.field(code))
    ]


def _tell_device(
    request: HttpRequest, answer: HttpResponse, standing: Standing, section: SectionDef
) -> None:
    """The script keeps what was not saved; of what was settled just now it may let go."""
    codes = ".".join(request.POST.get(SHOWN, "").split())
    what = f"{standing.reply.key}.{section.code}:{codes}"
    answer.set_cookie(
        SETTLED, what, max_age=DEVICE_HEARS, secure=request.is_secure(), samesite="Lax"
    )


def _tell_of_others(request: HttpRequest, saved: Saved) -> None:
    if changed_by_others(saved, number_in(request, "based_on")):
        messages.info(
            request, _("Another author changed other answers meanwhile. Both changes are kept.")
        )


def _page(
    request: HttpRequest,
    standing: Standing,
    form: SectionForm,
    *,
    based_on: object,
    status: int = 200,
    kept: bool = False,
    lost: bool = False,
) -> HttpResponse:
    form.show_comments(standing.open_comments())
    codes = [one.code for one in standing.sections]
    code = form.section.code
    context = {
        "form": form,
        "title": form.title,
        "problems": form.problems(),
        "based_on": based_on,
        "kept": kept,
        "place": codes.index(code) + 1 if code in codes else 0,
        "last": not standing.after(code),
    }
    return reply_page(
        request,
        "web/reply/section.html",
        standing,
        context,
        here=code,
        status=REFUSED if lost else status,
    )
