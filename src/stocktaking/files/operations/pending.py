"""Drawing an image that was kept before: what a surge of senders did not wait for."""

import datetime as dt

from django.db import transaction

from stocktaking.files.models import StoredFile
from stocktaking.files.operations.drawing import Decoded, draw
from stocktaking.files.operations.keeping import original_path
from stocktaking.files.operations.storing import put_renditions, write_renditions
from stocktaking.files.signals import file_drawn, file_refused
from stocktaking.files.states import FileState
from stocktaking.history.operations import record


def draw_pending(*, file_id: int, at: dt.datetime) -> StoredFile | None:
    """Draw the renditions of a pending image, or refuse it. Doing it twice has one effect.

    None where there is no such file any more. Where the drawing itself cannot be done
    (DrawingError, OSError) the image stays pending: the job fails, and may be tried again.
    """
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or stored.state != FileState.PENDING:
        return stored
    decoded = draw(original_path(stored.sha256).read_bytes())
    fine = isinstance(decoded, Decoded)
    renditions = write_renditions(stored.sha256, decoded) if isinstance(decoded, Decoded) else []
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().get(pk=file_id)
        if stored.state != FileState.PENDING:
            return stored
        stored.state = FileState.READY if fine else FileState.REFUSED
        stored.refusal = "" if isinstance(decoded, Decoded) else decoded
        if isinstance(decoded, Decoded):
            stored.media_type = decoded.media_type
        stored.save(update_fields=["state", "refusal", "media_type"])
        put_renditions(stored, renditions)
        detail = {"code": stored.refusal} if stored.refusal else {}
        if fine:
            record(verb="file_drawn", of=stored, by=None, at=at, detail=detail)
            file_drawn.send(sender=StoredFile, file=stored, at=at)
        else:
            record(verb="file_refused", of=stored, by=None, at=at, detail=detail)
            file_refused.send(sender=StoredFile, file=stored, code=stored.refusal, at=at)
    return stored
