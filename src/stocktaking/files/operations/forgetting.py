"""Files outlive accounts: answers name them. Who sent them is forgotten or handed over."""

from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Subquery

from stocktaking.files.models import Sending, StoredFile, Upload
from stocktaking.files.operations.uploads import part_path


@transaction.atomic
def forget_person(*, person_id: int) -> None:
    """Remove that a person sent files, with the names they gave, and what is unfinished.

    A file that somebody else sent as well keeps the name it has there.
    """
    for upload in Upload.objects.filter(person_id=person_id):
        transaction.on_commit(partial(part_path(upload.pk).unlink, missing_ok=True))
        upload.delete()
    Sending.objects.filter(person_id=person_id).delete()
    others = Sending.objects.filter(file=OuterRef("pk")).order_by("pk")
    mine = StoredFile.objects.filter(by_id=person_id)
    mine.filter(sendings__isnull=True).update(by_id=None, name="file")
    mine.update(
        by_id=Subquery(others.values("person_id")[:1]), name=Subquery(others.values("name")[:1])
    )


@transaction.atomic
def hand_over(*, of: int, to: int) -> None:
    """What one account sent belongs to another, as when two are merged."""
    held = Sending.objects.filter(person_id=to).values("file")
    Sending.objects.filter(person_id=of, file__in=held).delete()
    Sending.objects.filter(person_id=of).update(person_id=to)
    StoredFile.objects.filter(by_id=of).update(by_id=to)
    Upload.objects.filter(person_id=of).delete()
