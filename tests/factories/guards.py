"""What a visitor's browser adds to a guarded form."""

import re
from html import unescape

from django.http import HttpResponse

from stocktaking.guards.rules.proof import solve


def proved(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of the form in ``page``, with the work done; add what people type."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.content.decode()):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and (name[1] in ("csrfmiddlewaretoken", "idempotency_key") or "guard-" in name[1]):
            found.setdefault(name[1], unescape(value[1]) if value else "")
    if found.get("guard-proof") and not found["guard-number"]:
        found["guard-number"] = solve(found["guard-proof"])
    return found
