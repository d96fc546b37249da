"""Answers of one party, with every change that was saved."""

from django.db import models

from stocktaking.questionnaires.models.questionnaire import QuestionnaireVersion


class AnswerSet(models.Model):
    """Answers to one version of a questionnaire, by the code of the question.

    ``answers`` holds plain values as ``rules.values`` describes them. ``revision`` counts saved
    changes: a change names the revision that its author saw.
    """

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="answer_sets"
    )
    language = models.CharField(max_length=10, help_text="The language it is written in")
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    locked_at = models.DateTimeField(null=True, help_text="Nobody changes it any more")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answers {self.pk} r{self.revision}"


class AnswerChange(models.Model):
    """One saved change: what stood there before and after, by question. Append-only."""

    answer_set = models.ForeignKey(AnswerSet, on_delete=models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    changed = models.JSONField(help_text='{"title": [before, after], ...}')
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "revision"], name="answer_change_once"),
        ]
        ordering = ["revision"]

    def __str__(self) -> str:
        return f"{self.answer_set_id} r{self.revision}"
