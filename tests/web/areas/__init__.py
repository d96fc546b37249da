"""Addresses that belong together, each with what must exist before they can be asked.

A module has ``ROUTES`` (whole routes, as in ``tests.web.routes``) and ``world(made)``, which
adds the objects that its examples name to what the areas before it made.
"""

from tests.web.areas import (
    accounts,
    calls,
    duplicates,
    exports,
    follow,
    imports,
    mail,
    participation,
    places,
    questionnaires,
    queue,
    replies,
    sharing,
    trends,
    uploads,
)

AREAS = (
    accounts,
    mail,
    questionnaires,
    calls,
    replies,
    queue,
    participation,
    uploads,
    exports,
    imports,
    duplicates,
    follow,
    sharing,
    places,
    trends,
)
