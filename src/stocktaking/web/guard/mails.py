"""The mail with a code, in place of the check that needs a script."""

from django.utils.translation import gettext_lazy as _

from stocktaking.outbox.registry import MailKind, register
from stocktaking.outbox.states import Category

CODE = "web.guard_code"

register(
    MailKind(
        name=CODE,
        category=Category.ACCOUNT,
        label=_("Code for a form"),
        subject=_("Your code: {code}"),
        body=_(
            "Enter this code in the form: **{code}**\n\n"
            "It works once, for 30 minutes. If you asked for no code, there is nothing to do."
        ),
        placeholders={"code": "12345678"},
    )
)
