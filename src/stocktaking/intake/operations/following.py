"""What names an entry that went into another one goes along, and comes back when that is undone."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from stocktaking.entries.models import Entry
from stocktaking.intake.models import Claim, Suggestion
from stocktaking.intake.states import ClaimKind, ClaimState, SuggestionState

# what is not decided yet; the rest tells of the past and stays where it was
OPEN: dict[str, tuple[type[Model], dict[str, Collection[str]]]] = {
    "suggestions": (Suggestion, {"state__in": [SuggestionState.OPEN]}),
    "claims": (Claim, {"state__in": [ClaimState.OPEN, ClaimState.PROVED]}),
}


def follow_into(*, kept: int, merged: int) -> dict[str, list[int]]:
    """Move what waits for a decision about ``merged``; what was moved, by kind.

    A claim that the entry belongs to an organisation stays where the other entry has an owner:
    there is nothing to claim.
    """
    owned = Entry.objects.filter(pk=kept, organisation__unknown=False).exists()
    moved: dict[str, list[int]] = {}
    for kind, (model, still) in OPEN.items():
        rows = model._default_manager.filter(entry=merged, **still).order_by("pk")
        if owned and model is Claim:
            rows = rows.exclude(kind=ClaimKind.TRANSFER)
        numbers = [pk for pk in rows.values_list("pk", flat=True) if _move(model, pk, kept)]
        if numbers:
            moved[kind] = numbers
    return moved


def follow_back(moved: dict[str, Any], *, kept: int, merged: int) -> None:
    """Move back what is still not decided."""
    for kind, numbers in moved.items():
        model, still = OPEN[kind]
        rows = model._default_manager.filter(entry=kept, pk__in=numbers, **still)
        for pk in rows.values_list("pk", flat=True):
            _move(model, pk, merged)


def _move(model: type[Model], pk: int, entry: int) -> bool:
    """False where one of its kind stands there already: it stays, and leads to the entry."""
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=pk).update(entry=entry)
    except IntegrityError:
        return False
    return True
