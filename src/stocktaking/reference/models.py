"""Schemes, terms, memberships and crosswalks: the words a register classifies by.

Texts are JSON objects ``{"en": "...", "fr": "..."}``. What a framework file states stands in
``title`` and ``short``; what the operator changed stands in ``overrides`` and survives a reload.
"""

from django.db import models


class Scheme(models.Model):
    """A list of terms: action lines, goals, countries, target groups ..."""

    slug = models.SlugField(max_length=40, unique=True, help_text="Name of its facet parameter")
    title = models.JSONField(default=dict)
    plural = models.JSONField(default=dict)
    overrides = models.JSONField(default=dict)
    noun = models.CharField(max_length=40, blank=True, help_text="What one term is called in code")
    order = models.PositiveIntegerField(default=0)
    facet = models.BooleanField(default=True, help_text="Offered as a filter")
    direct = models.BooleanField(
        default=True, help_text="An entry carries its terms itself; else they follow from others"
    )
    many = models.BooleanField(default=True, help_text="An entry may carry several")
    noted = models.BooleanField(default=False, help_text="A term may carry a note by the owner")
    hierarchical_display = models.BooleanField(default=False)
    retired_on = models.DateField(null=True, blank=True)
    sources = models.JSONField(default=list)
    framework = models.SlugField(max_length=40, blank=True, help_text="Which framework brought it")

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug


class Term(models.Model):
    """One word of a scheme, known by its code."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=40)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)
    assignable = models.BooleanField(default=True, help_text="False: a heading for its children")
    title = models.JSONField(default=dict)
    short = models.JSONField(default=dict)
    title_status = models.JSONField(default=dict, help_text="Per language: official or unofficial")
    title_source = models.JSONField(default=dict)
    overrides = models.JSONField(
        default=dict, help_text='The operator\'s words: {"title": {...}, "short": {...}}'
    )
    colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb")
    facts = models.JSONField(default=dict, help_text="Alpha-3, capital, facilitators ...")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="term_code_once"),
        ]
        ordering = ["scheme", "order", "code"]

    def __str__(self) -> str:
        return f"{self.scheme_id}:{self.code}"


class TermMembership(models.Model):
    """A term belongs to a group term for a time: a country to a region, to the LDC list ..."""

    group = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="groups")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty: until today")
    basis = models.CharField(max_length=20, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member", "valid_from"], name="membership_once"
            ),
            models.UniqueConstraint(
                fields=["group", "member"],
                name="membership_undated_once",
                condition=models.Q(valid_from=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


class Crosswalk(models.Model):
    """Links between the terms of two schemes, such as the WSIS-SDG matrix."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    rows = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    columns = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    primary = models.BooleanField(default=False, help_text="The grid of the site")
    year = models.PositiveIntegerField(null=True, blank=True)
    sources = models.JSONField(default=list)
    framework = models.SlugField(max_length=40, blank=True, help_text="Which framework brought it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["primary"], condition=models.Q(primary=True), name="one_primary_crosswalk"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class CrosswalkLink(models.Model):
    """One link of a crosswalk, with its reason and the targets it names."""

    crosswalk = models.ForeignKey(Crosswalk, on_delete=models.CASCADE, related_name="links")
    row = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")
    column = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")
    targets = models.JSONField(default=list, help_text="Codes, such as 3.8")
    rationale = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["crosswalk", "row", "column"], name="link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} x {self.column_id}"


class Revision(models.Model):
    """One row whose number grows with every change of the above; processes watch it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
