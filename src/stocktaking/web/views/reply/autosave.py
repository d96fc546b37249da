"""What a script saves while somebody types. It answers in a few words and never refuses a text.

The answer is JSON: ``revision`` and ``saved`` (a moment), ``conflicts`` and ``others`` (codes
of questions that somebody else changed: to different words, or besides) and ``problems``
(messages by code, of what could not be kept). Whoever is signed out is sent to sign in, which a
script sees as a redirect: the text stays on the device.
"""

import uuid

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.views.reply.found import authored, writer_of
from stocktaking.web.views.reply.frame import CONFLICT, number_in
from stocktaking.web.views.reply.saving import changed_by_others, save_section
from stocktaking.web.views.reply.section import form_of
from stocktaking.web.views.reply.standing import Standing


@allow(Capability.REPLY_TO_CALLS)
@require_POST
def save(request: HttpRequest, key: uuid.UUID, section: str) -> JsonResponse:
    standing = Standing(authored(request, key), writer_of(request), arrived_at(request))
    found = standing.definition.section(section)
    if found is None:
        raise Http404
    form = form_of(standing, found, request.POST)
    form.store_uploads(by=standing.person, at=clock.now())
    based_on = number_in(request, "based_on")
    outcome = save_section(
        standing.reply, form, based_on=based_on, by=writer_of(request), at=clock.now()
    )
    if outcome.saved is None:
        refusals = [str(one) for one in outcome.refusals]
        return JsonResponse({"code": outcome.codes[0], "message": refusals[0]}, status=CONFLICT)
    saved = outcome.saved
    return JsonResponse(
        {
            "revision": saved.revision,
            "saved": saved.answer_set.changed_at.isoformat(),
            "conflicts": [one.code for one in saved.conflicts],
            "others": sorted(changed_by_others(saved, based_on)),
            "problems": {field.code: field.errors for field in form if field.errors},
        }
    )
