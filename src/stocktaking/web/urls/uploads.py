"""Files sent in pieces."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views import uploads

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("uploads/", uploads.begin, name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.piece, name="upload"),
]
