"""Reading the parameters of a staff list; what cannot be read counts as not asked."""

from django.http import HttpRequest

TEXT_MAX = 200
NUMBER_MAX = 2**53


def text_in(request: HttpRequest, name: str) -> str:
    """A text without control characters, cut to a sensible length."""
    typed = "".join(c for c in request.GET.get(name, "")[:TEXT_MAX] if c.isprintable())
    return " ".join(typed.split())


def number_in(request: HttpRequest, name: str) -> int | None:
    """A positive number, or None."""
    return _number(request.GET.get(name, ""))


def number_sent(request: HttpRequest, name: str) -> int | None:
    """A positive number of a form that was sent, or None."""
    return _number(request.POST.get(name, ""))


def _number(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 15):
        return None
    return min(int(typed), NUMBER_MAX) or None
