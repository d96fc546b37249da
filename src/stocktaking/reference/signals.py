"""What happened to the framework; sent inside the transaction of the change."""

from django.dispatch import Signal

# A framework was loaded and rows moved: revision (int), schemes (frozenset of slugs), by, at
framework_changed = Signal()

# The operator's words for one scheme or term changed, nothing else: scheme (slug), by, at
wording_changed = Signal()
