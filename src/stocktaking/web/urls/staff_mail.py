"""Mail that waits, was sent or came back."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff.mail import messages, stopped, templates

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/", messages.message_list, name="staff_mail"),
    path("mail/<uuid:number>/", messages.message, name="staff_mail_message"),
    path("mail/<uuid:number>/act/", messages.message_act, name="staff_mail_act"),
    path("mail/templates/", templates.template_list, name="staff_mail_templates"),
    path("mail/templates/<str:name>/<slug:code>/", templates.template, name="staff_mail_template"),
    path("mail/stopped/", stopped.stopped, name="staff_mail_stopped"),
    path("mail/stopped/<number:number>/release/", stopped.release, name="staff_mail_release"),
]
