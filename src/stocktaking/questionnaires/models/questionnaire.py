"""Questionnaires as rows: one frozen version after another, each with sections and questions.

Texts are JSON objects by language. Conditions are JSON in the form that ``rules.conditions``
reads.
"""

from django.db import models

from stocktaking.questionnaires.states import QuestionKind, VersionState


class Questionnaire(models.Model):
    """A set of questions that calls, collections and assessments use."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class QuestionnaireVersion(models.Model):
    """The questions at one time. A frozen one never changes: answers point to it."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=VersionState.DRAFT)
    lock = models.PositiveIntegerField(default=1, help_text="Counts changes, for safe editing")
    created_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="questionnaire_version_once"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(state=VersionState.DRAFT),
                name="questionnaire_one_draft",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.number}"


class Section(models.Model):
    """A page of questions: what somebody on a phone saves in one go."""

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections"
    )
    code = models.SlugField(max_length=40)
    title = models.JSONField(default=dict)
    introduction = models.JSONField(default=dict)
    shown_when = models.JSONField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="section_code_once"),
        ]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.code


class Question(models.Model):
    """One question. ``settings`` holds what its kind needs: options, bounds, scheme, files."""

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions"
    )
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in QuestionKind])
    label = models.JSONField(default=dict)
    help = models.JSONField(default=dict)
    required = models.BooleanField(default=False)
    required_when = models.JSONField(null=True, blank=True)
    shown_when = models.JSONField(null=True, blank=True)
    settings = models.JSONField(default=dict)
    binds_to = models.CharField(max_length=60, blank=True, help_text="A part of an entry")
    personal = models.BooleanField(default=False, help_text="The answer is personal data")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="question_code_once"),
        ]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.code
