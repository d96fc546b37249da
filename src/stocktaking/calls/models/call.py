"""A call: who is asked what, until when."""

from django.db import models

from stocktaking.accounts.models import Person
from stocktaking.calls.states import CallState
from stocktaking.questionnaires.models import Questionnaire, QuestionnaireVersion


class Call(models.Model):
    """A request to many to answer a questionnaire within a window.

    Texts are JSON objects by language; longer ones are Markdown. ``kind`` says which app above
    makes something of an accepted reply (``calls.registry``).
    """

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=CallState.DRAFT)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict, help_text="One sentence: who is asked for what")
    introduction = models.JSONField(default=dict)
    goal = models.JSONField(default=dict, help_text="Where what is sent will be published")
    afterwards = models.JSONField(default=dict, help_text="What happens after somebody has sent")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="calls")
    version = models.ForeignKey(
        QuestionnaireVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What new replies answer; set when the call is published",
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    zone = models.CharField(max_length=60, help_text="IANA name: Europe/Zurich")
    place = models.JSONField(default=dict, help_text="What people call the zone: Geneva")
    anywhere_on_earth = models.BooleanField(
        default=False, help_text="It closes when the day has ended everywhere (UTC-12)"
    )
    grace_minutes = models.PositiveIntegerField(default=0, help_text="Not announced")
    minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text="How long a reply takes, as the page tells"
    )
    audience = models.JSONField(
        default=dict,
        help_text='{"stakeholders": [codes], "countries": [codes], "invited": bool,'
        ' "organisation": bool}; an empty list means all',
    )
    per_person = models.PositiveIntegerField(null=True, blank=True)
    per_organisation = models.PositiveIntegerField(null=True, blank=True)
    collection = models.CharField(
        max_length=60, blank=True, help_text="Slug of the collection its entries join"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="following"
    )
    confirms = models.BooleanField(
        default=False, help_text="Owners may confirm or update entries that exist"
    )
    cancelled_because = models.JSONField(default=dict, blank=True)
    lock = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in CallState]),
                name="call_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CallState.PUBLISHED) | models.Q(version__isnull=False),
                name="call_published_has_version",
            ),
        ]
        ordering = ["-closes_at", "slug"]

    def __str__(self) -> str:
        return self.slug


class CallExtension(models.Model):
    """The deadline was moved for everybody, with the reason that everybody reads."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions")
    was = models.DateTimeField()
    becomes = models.DateTimeField()
    reason = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.call_id} until {self.becomes:%Y-%m-%d %H:%M}"


class Allowance(models.Model):
    """One person may reply until later than the others."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="allowances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    reason = models.TextField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="allowance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until:%Y-%m-%d %H:%M}"
