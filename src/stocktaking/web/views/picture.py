"""The pictures of entries, as we drew them anew; what people sent has no address."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.views.style import FOR_EVER


@allow(Capability.READ)
@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    """A rendition; its name comes from its content, so what was fetched once stays true."""
    try:
        file = (Path(settings.MEDIA_ROOT) / path).open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp", headers={"Cache-Control": FOR_EVER})
