"""What happened to people and organisations. Sent inside the transaction."""

from django.dispatch import Signal

person_registered = Signal()  # person, at
person_revised = Signal()  # person, at
person_exported = Signal()  # person, at; a receiver returns a dict of further parts
person_erased = Signal()  # person_id, at
people_merged = Signal()  # kept, merged (people; the second goes), by, at: move what is yours
consent_changed = Signal()  # person, purpose, given, at
identity_linked = Signal()  # person, provider (its name), at
role_granted = Signal()  # person, role, scope (scheme and code, or None), at
role_revoked = Signal()  # person, role, scope (scheme and code, or None), at
organisation_registered = Signal()  # organisation, at
organisation_revised = Signal()  # organisation, at
organisations_merged = Signal()  # kept, merged (numbers), by, at
member_added = Signal()  # person, organisation, at
member_invited = Signal()  # invitation, token (kept nowhere), language, at
member_removed = Signal()  # person, organisation, at
