"""Files sent in pieces, for scripts; ``web/upload.js`` does it for file fields.

1. ``POST /uploads/`` with ``key``, ``name``, ``size`` and, if known, ``kinds`` (media types,
   separated by commas) and ``sha256``: 201, or 200 for a key that was used before.
2. ``PATCH /uploads/<id>/`` with ``Upload-Offset`` and a piece of at most 8 MB as its body, and
   perhaps ``Upload-Checksum: sha256 <base64>``. The last piece finishes the file.
3. After a torn connection ``HEAD`` or ``GET /uploads/<id>/`` says in ``Upload-Offset`` where to
   go on. A piece for another place is answered 409 with the right one.

Every answer but that to HEAD is JSON: ``id``, ``url``, ``offset``, ``size``, ``state`` (open, done,
refused), ``file`` (its number, once done), ``name``; refusals have ``code`` and ``message``.

**For forms with file fields** (no script is needed: the field itself is read as ever): draw the
field ``X.upload`` by ``web/upload_field.html`` and load ``web/upload.js``. When a file has arrived,
the script adds hidden fields ``X.<n>.file`` (the number) and ``X.<n>.name``, n from the first that
is free on, calls fields ``X.new.<part>`` ``X.<n>.<part>``, empties the file field, and sends the
event ``upload:done`` (``detail``: file, name) from it. A form takes such a number only where
``files.queries.sent_by`` knows it for the person, or where it stood there before. An image is drawn
later by a job: its row has the state ``pending`` until then, and ``files.signals.file_refused``
tells whoever names it if it cannot be.
"""

import base64
import binascii
import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.files.models import Upload
from stocktaking.files.operations import begin_upload, receive_piece
from stocktaking.files.operations.uploads import WrongOffset, message_of
from stocktaking.files.queries import upload_of
from stocktaking.files.rules.content import KEPT_TYPES
from stocktaking.files.rules.data import DATA
from stocktaking.files.states import UploadState
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, has_second_factor, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.guard import limited

HOUR = dt.timedelta(hours=1)
LATER = {"upload_quota", "upload_too_many_open"}
REFUSED = 422


@allow(Capability.REPLY_TO_CALLS)
@require_POST
@limited("upload", most=400, every=HOUR)
def begin(request: HttpRequest) -> HttpResponse:
    """Announce a file."""
    data, by, at = request.POST, person_of(request), arrived_at(request)
    size, digest = data.get("size", ""), data.get("sha256", "").lower()
    taken = _taken(request)
    kinds = [kind for kind in data.get("kinds", "").split(",") if kind in taken]
    sound = size.isascii() and size.isdigit() and len(size) < 16 and _is_digest(digest)
    if not sound or not data.get("key") or len(data["key"]) > 100 or "\0" in data["key"]:
        return JsonResponse({"code": "malformed", "message": ""}, status=400)
    try:
        upload = begin_upload(
            key=data["key"],
            name=data.get("name", "").replace("\0", ""),
            size=int(size),
            kinds=kinds,
            sha256=digest,
            by=by,
            at=at,
        )
    except RuleBroken as error:
        return _refused(error)
    return _told(upload, 201 if upload.began_at == at else 200)


@allow(Capability.REPLY_TO_CALLS, hide=True)
@require_http_methods(["GET", "HEAD", "PATCH"])
def piece(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """How far a file is, and its next piece."""
    person = person_of(request)
    upload = upload_of(person.pk, upload_id) if person is not None else None
    if upload is None:
        raise Http404
    return _receive(request, upload) if request.method == "PATCH" else _told(upload)


def _taken(request: HttpRequest) -> tuple[str, ...]:
    """Data may be sent by whoever may import them."""
    imports = can(person_of(request), Capability.IMPORT_ENTRIES) and has_second_factor(request)
    return (*KEPT_TYPES, DATA) if imports else KEPT_TYPES


def _receive(request: HttpRequest, upload: Upload) -> HttpResponse:
    stated = request.headers.get("Upload-Offset", "")
    checksum, sound = _checksum(request.headers.get("Upload-Checksum", ""))
    if not stated.isascii() or not stated.isdigit() or len(stated) > 15 or not sound:
        return JsonResponse({"code": "malformed", "message": ""}, status=400)
    try:
        upload = receive_piece(
            upload_id=upload.pk,
            offset=int(stated),
            read=request.read,
            by=person_of(request),
            at=arrived_at(request),
            checksum=checksum,
        )
    except WrongOffset as error:
        answer = _refused(error, 409)
        answer["Upload-Offset"] = str(error.expected)
        return answer
    except RuleBroken as error:
        if error.code == "upload_closed":  # the last piece once more: the same answer
            upload.refresh_from_db()
            return _told(upload)
        answer = _refused(error, 409 if error.code == "upload_busy" else REFUSED)
        if error.code == "upload_busy":
            answer["Retry-After"] = "1"
        return answer
    except Upload.DoesNotExist as error:
        raise Http404 from error
    return _told(upload)


def _told(upload: Upload, status: int = 200) -> HttpResponse:
    refused = upload.state == UploadState.REFUSED
    body: dict[str, Any] = {
        "id": str(upload.pk),
        "url": reverse("upload", args=[upload.pk]),
        "offset": upload.received,
        "size": upload.size,
        "state": upload.state,
        "file": upload.file_id,
        "name": upload.name,
    }
    if refused:
        body |= {"code": upload.refusal, "message": message_of(upload)}
    answer = JsonResponse(body, status=REFUSED if refused else status)
    answer["Upload-Offset"] = str(upload.received)
    return answer


def _refused(error: RuleBroken, status: int = REFUSED) -> HttpResponse:
    later = error.code in LATER
    answer = JsonResponse(
        {"code": error.code, "message": str(error)}, status=429 if later else status
    )
    if later:
        answer["Retry-After"] = str(HOUR // dt.timedelta(seconds=1))
    return answer


def _is_digest(text: str) -> bool:
    return not text or (len(text) == 64 and not set(text) - set("0123456789abcdef"))


def _checksum(header: str) -> tuple[bytes | None, bool]:
    """The digest of a piece, and whether the header makes sense."""
    if not header:
        return None, True
    method, _space, stated = header.partition(" ")
    try:
        digest = base64.b64decode(stated, validate=True)
    except (binascii.Error, ValueError):
        return None, False
    return digest, method == "sha256" and len(digest) == 32
