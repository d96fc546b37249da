"""A page without the blanks that only lay out its source."""

import re

from django.http import HttpResponse


def squeezed(response: HttpResponse) -> str:
    """Blanks within texts are single; around tags and before ``>`` there are none."""
    page = re.sub(r"\s+", " ", response.content.decode())
    return re.sub(r" ?(<|>) ?", r"\1", page)
