"""Giving out what somebody sent: to be saved, never to be opened in a page of ours.

No view of its own: whether somebody may have a file depends on where it is named. A view says
who it is, and that the file belongs to what they may see::

    @allow(Capability.REPLY_TO_CALLS, hide=True)
    @require_safe
    def reply_file(request, reply_id, number):
        reply = own_reply_or_404(request, reply_id)
        if number not in files_of(reply):
            raise Http404
        return send_file(number, name=name_in_the_answer)
"""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers

from stocktaking.files.models import StoredFile
from stocktaking.files.queries import open_original
from stocktaking.files.rules.content import SUFFIXES
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.files.rules.names import clean_name

POLICY = "sandbox; default-src 'none'"


def send_file(number: int, *, name: str = "") -> FileResponse:
    """A document as it was sent; of an image our own largest picture, which holds no place and no
    camera. Http404 where there is none (yet). The caller has asked for permission."""
    found = open_original(number)
    if found is None:
        raise Http404
    stored, original = found
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
