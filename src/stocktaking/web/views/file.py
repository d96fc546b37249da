"""Giving out what somebody sent: to be saved, never to be opened in a page of ours.

Whoever sent a file may have it; so may the authors of a reply that names it, and, once that was
sent, staff and the coordinators of where it comes from. For everybody else there is none.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Reply
from stocktaking.calls.permissions import is_author
from stocktaking.calls.queries.files import named_in, replies_naming
from stocktaking.files.models import StoredFile
from stocktaking.files.queries import open_original, sent_by
from stocktaking.files.rules.content import SUFFIXES
from stocktaking.files.rules.data import DATA
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.files.rules.names import clean_name
from stocktaking.intake.permissions import can_see, scope_for
from stocktaking.web.access import allow, has_second_factor, person_of
from stocktaking.web.arrival import arrived_at

POLICY = "sandbox; default-src 'none'"


@allow(Capability.REPLY_TO_CALLS, hide=True)
@require_safe
def download(request: HttpRequest, number: int) -> FileResponse:
    person = person_of(request)
    if person is None:
        raise Http404
    if name := sent_by(person.pk, [number]).get(number):
        return send_file(number, name=name)
    as_staff, today = has_second_factor(request), arrived_at(request).date()
    for reply in replies_naming(number, person):
        if is_author(person, reply) or (as_staff and _reads(person, reply, number, today)):
            return send_file(number, name=named_in(reply, number) or "")
    raise Http404


def _reads(person: Person, reply: Reply, number: int, today: dt.date) -> bool:
    """Coordinators see no answers about people: those are for the secretariat."""
    if can_see(person, reply):
        return True
    own = bool(scope_for(person, reply, on=today))
    return own and named_in(reply, number, personal=False) is not None


def send_file(number: int, *, name: str = "") -> FileResponse:
    """A document as it was sent; of an image our own largest picture, which holds no place and no
    camera. Http404 where there is none (yet), and for data, which are never given out. The caller
    has asked for permission."""
    found = open_original(number)
    if found is None:
        raise Http404
    stored, original = found
    if stored.media_type == DATA:
        original.close()
        raise Http404
    title = clean_name(name or stored.name, otherwise="file")
    if stored.media_type in IMAGE_TYPES:
        original.close()
        response = _picture(stored, title)
    else:
        response = FileResponse(
            original,
            as_attachment=True,
            filename=_named(title, SUFFIXES.get(stored.media_type, "bin")),
            content_type=stored.media_type,
        )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response


def _picture(stored: StoredFile, title: str) -> FileResponse:
    largest = stored.renditions.order_by("-width").first()
    if largest is None:
        raise Http404
    try:
        picture = (Path(settings.MEDIA_ROOT) / largest.path).open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(
        picture, as_attachment=True, filename=_named(title, "webp"), content_type="image/webp"
    )


def _named(title: str, suffix: str) -> str:
    """The name ends as its content is, whatever it was called: no program poses as a table."""
    same = {"jpg": ("jpg", "jpeg"), "txt": ("txt", "md", "log")}.get(suffix, (suffix,))
    return (
        title if title.lower().endswith(tuple(f".{end}" for end in same)) else f"{title}.{suffix}"
    )
