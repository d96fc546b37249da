"""All addresses. Pages for people stand under their language; files and machines do not."""

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import LocalePrefixPattern

from stocktaking.kernel import languages


class LanguagePrefix(LocalePrefixPattern):
    """Addresses say ``/zh/`` where Django's catalogue is called ``zh-hans``."""

    @property
    def language_prefix(self) -> str:
        return f"{languages.current().code}/"


def by_language(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """Patterns under ``/<language>/``, for each of the six languages."""
    resolver = URLResolver(LanguagePrefix(prefix_default_language=True), list(patterns))
    return [resolver]


urlpatterns = [
    path("", include("stocktaking.web.urls.machine")),
    path("", include("stocktaking.web.urls.permalinks")),
    path("", include("stocktaking.web.urls.sharing")),
    *by_language(
        path("account/", include("stocktaking.web.urls.account")),
        path("staff/", include("stocktaking.web.urls.staff")),
        path("staff/", include("stocktaking.web.urls.staff_calls")),
        path("staff/", include("stocktaking.web.urls.staff_questionnaires")),
        path("staff/", include("stocktaking.web.urls.staff_queue")),
        path("staff/", include("stocktaking.web.urls.staff_imports")),
        path("staff/", include("stocktaking.web.urls.staff_duplicates")),
        path("staff/", include("stocktaking.web.urls.staff_mail")),
        path("staff/", include("stocktaking.web.urls.staff_participation")),
        path("", include("stocktaking.web.urls.personal_desk")),
        path("", include("stocktaking.web.urls.calls")),
        path("", include("stocktaking.web.urls.replies")),
        path("", include("stocktaking.web.urls.participation")),
        path("", include("stocktaking.web.urls.follow")),
        path("", include("stocktaking.web.urls.mail")),
        path("", include("stocktaking.web.urls.uploads")),
        path("", include("stocktaking.web.urls.taking")),
        path("", include("stocktaking.web.urls.register")),
        path("", include("stocktaking.web.urls.places")),
        path("", include("stocktaking.web.urls.trends")),
        path("", include("stocktaking.web.urls.public")),
    ),
]
handler400 = "stocktaking.web.views.errors.bad_request"
handler403 = "stocktaking.web.views.errors.forbidden"
handler404 = "stocktaking.web.views.errors.not_found"
handler429 = "stocktaking.web.guard.answers.too_many"  # asked for by allauth
handler500 = "stocktaking.web.views.errors.server_error"
