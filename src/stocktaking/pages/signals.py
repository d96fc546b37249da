"""What happened to the texts of the site; sent inside the transaction of the change."""

from django.dispatch import Signal

# A text was changed or restored: page (Page), language (code), by, at
page_revised = Signal()
