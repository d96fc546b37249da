"""Codes, references and descriptions of pages for who takes them along."""

from io import BytesIO

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.sharing import fits_code, is_path, whole

QR_TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
DAY = "public, max-age=86400"


@allow(Capability.READ)
@require_safe
def qr(request: HttpRequest, form: str) -> HttpResponse:
    """The address of a page of this site as a code; of no other site."""
    path = request.GET.get("to", "")
    if not is_path(path) or not fits_code(path):
        raise Http404
    body = BytesIO()
    code = segno.make_qr(whole(path), error="m")
    if form == "svg":
        code.save(
            body, kind="svg", scale=8, border=4, light="#fff", xmldecl=False, title=whole(path)
        )
    else:
        code.save(body, kind="png", scale=12, border=4)
    response = HttpResponse(body.getvalue(), content_type=QR_TYPES[form])
    response["Cache-Control"] = DAY
    return response
