"""What a mail leads back to: stopping it, and in a demonstration reading it."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.mail import stop

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/stop/<str:token>/", stop.stop, name="mail_stop"),
]
