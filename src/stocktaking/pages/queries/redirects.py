"""Old addresses."""

from stocktaking.pages.models import Redirect


def redirect_for(path: str) -> str | None:
    """Where an old address leads now, or None. ``path`` is without the language: ``/old/``."""
    plain = "/" + path.strip("/")
    found = dict(
        Redirect.objects.filter(path__in={path, plain, f"{plain}/"}).values_list("path", "target")
    )
    return found.get(path) or next(iter(found.values()), None)
