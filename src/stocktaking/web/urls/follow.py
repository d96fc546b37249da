"""Following a search or an entry: beginning, managing, stopping; the feed of one entry."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.follow import feed, managing, starting, stopping

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("follow/search/", starting.search, name="follow_search"),
    path("follow/stop/<str:token>/", stopping.stop, name="follow_stop"),
    path("entries/<number:number>/follow/", starting.entry, name="follow_entry"),
    path("entries/<number:number>-<anyslug:slug>/history.atom", feed.entry_feed, name="entry_feed"),
    path("account/following/", managing.listing, name="following"),
    path("account/following/preview/", managing.preview, name="following_preview"),
    path("account/following/<number:number>/", managing.one, name="following_one"),
]
