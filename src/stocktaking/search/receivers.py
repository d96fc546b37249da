"""A web process follows the change log from its first request on, so that no separate worker
is needed for what is published to be found."""

from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.dispatch import receiver

from stocktaking.search.operations import ensure_following


@receiver(request_started, dispatch_uid="search follows the change log")
def follow_from_first_request(**_: Any) -> None:
    if settings.SEARCH_FOLLOWS:
        ensure_following()
