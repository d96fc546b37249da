"""Django's door for mail: what libraries send, such as codes, goes through the outbox too.

``settings.EMAIL_BACKEND`` names it. The way to the mail server is ``settings.MAIL_TRANSPORT``.
"""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.operations import queue_foreign


class EmailBackend(BaseEmailBackend):
    """Puts one message in the queue for each recipient, in the language of the request."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        for mail in email_messages:
            for recipient in mail.recipients():
                name, address = parseaddr(str(recipient))
                try:
                    queue_foreign(
                        to=address,
                        to_name=name,
                        subject=str(mail.subject),
                        text=str(mail.body),
                        language=languages.current().code,
                        at=clock.now(),
                    )
                except RuleBroken:
                    if not self.fail_silently:
                        raise
                else:
                    sent += 1
        return sent
