"""How much a request may carry; what is more is refused before anybody reads it.

Django writes the files of any form to the disk before a view is asked, so that a visitor
could fill the disk from a page that takes none.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.permissions import can_write
from stocktaking.calls.queries import reply_by_key
from stocktaking.files.operations.documents import SIZE_MAX as FILE_MAX
from stocktaking.files.operations.storing import SIZE_MAX
from stocktaking.files.rules.data import DATA_MAX
from stocktaking.web.access import has_second_factor, person_of
from stocktaking.web.views.errors import too_large
from stocktaking.web.views.staff.entry_images import MOST_ROWS

ORDINARY = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes
EDITOR = ORDINARY + MOST_ROWS * SIZE_MAX  # every row of the editor with the largest picture
TAKE_PICTURES = {"staff_entry_new", "staff_entry_edit"}
# a section of a reply: a few of the largest files at once; more are sent one after the other
SECTION = ORDINARY + 6 * FILE_MAX
IMPORT = ORDINARY + DATA_MAX

Answer = Callable[[HttpRequest], HttpResponseBase]


def limit_size(get_response: Answer) -> Answer:
    """Middleware: 413 for a body above the limit, 411 for one that does not say its length.

    It stands after the one that knows who asks, and before all that read the body.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        stated = request.META.get("CONTENT_LENGTH") or ""
        if not stated and request.META.get("HTTP_TRANSFER_ENCODING"):
            return too_large(request, status=411)
        length = int(stated) if stated.isascii() and stated.isdigit() else 0
        if length > ORDINARY and length > _most(request):
            return too_large(request)
        return get_response(request)

    return answer


def _most(request: HttpRequest) -> int:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return ORDINARY
    person = person_of(request)
    if found.url_name in TAKE_PICTURES and can(person, Capability.EDIT_ENTRIES):
        return EDITOR
    if found.url_name == "staff_import_new" and can(person, Capability.IMPORT_ENTRIES):
        return IMPORT if has_second_factor(request) else ORDINARY
    if found.url_name == "reply_section" and person is not None:
        reply = reply_by_key(found.kwargs["key"])
        return SECTION if reply is not None and can_write(person, reply) else ORDINARY
    return ORDINARY
