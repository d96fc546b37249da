"""Other ways in, on the page for signing in. Loaded by ``{% load doors %}``."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from stocktaking.kernel import clock
from stocktaking.web.pending import pending

register = template.Library()


@register.inclusion_tag("web/account/identity_doors.html", takes_context=True)
def identity_doors(context: Context, onward: str = "", add: bool = False) -> dict[str, Any]:
    """A button for each provider of identity that is configured; nothing where none is."""
    return {
        "providers": settings.IDENTITY_PROVIDERS,
        "csrf_token": context.get("csrf_token"),
        "onward": onward,
        "add": add,
    }


@register.simple_tag(takes_context=True)
def identity_waiting(context: Context) -> Any:
    """The identity that waits for its owner to sign in, if one does."""
    return pending(context["request"], at=clock.now())
