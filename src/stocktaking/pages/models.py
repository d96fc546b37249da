"""Texts of the site that an operator may change without a developer."""

from django.db import models


class Page(models.Model):
    """A page of text such as the privacy notice, known by its slug."""

    slug = models.SlugField(max_length=60, unique=True)
    lock = models.PositiveIntegerField(default=1)
    shipped = models.BooleanField(default=False, help_text="The package brings a text for it")

    def __str__(self) -> str:
        return self.slug


class PageText(models.Model):
    """A page in one language: Markdown."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    body = models.TextField(help_text="Markdown")
    changed_by_operator = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="page_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"


class Redirect(models.Model):
    """An old address that leads to a new one."""

    path = models.CharField(max_length=300, unique=True, help_text="Without the language")
    target = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.path} -> {self.target}"
