"""Pages that belong together: looked at as they are (``PAGES``), after something is done
(``PREPARED``), or no pages of their own (``NO_PAGES``); sets of names of addresses.
"""

from tests.browser.areas import (
    accounts,
    calls,
    duplicates,
    exports,
    follow,
    imports,
    mail,
    matrix,
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
    matrix,
)
