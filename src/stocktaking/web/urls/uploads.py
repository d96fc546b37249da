"""Files: sent in pieces, and given out to who may have them."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views import file, uploads

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<number:number>/", file.download, name="file"),
    path("uploads/", uploads.begin, name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.piece, name="upload"),
]
