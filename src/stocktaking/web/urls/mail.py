"""What a mail leads back to: stopping it, and in a demonstration reading it."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.mail import mailbox, stop

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/stop/<str:token>/", stop.stop, name="mail_stop"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<uuid:number>/", mailbox.mail, name="mailbox_mail"),
]
