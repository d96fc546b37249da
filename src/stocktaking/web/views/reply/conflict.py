"""Two authors, or two windows, changed one answer: both texts side by side, a choice for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from stocktaking.questionnaires.rules.definition import SectionDef
from stocktaking.questionnaires.rules.merging import Conflict
from stocktaking.web.answers import Said, said
from stocktaking.web.forms.questions import SHOWN, QuestionField, SectionForm
from stocktaking.web.views.reply.frame import CONFLICT, reply_page
from stocktaking.web.views.reply.standing import Standing

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Both:
    """One question: what was saved meanwhile, what this person typed, and the field with it."""

    field: QuestionField
    theirs: Said
    mine: Said
    choice: str  # that was made already, or nothing


def conflict_page(
    request: HttpRequest,
    standing: Standing,
    section: SectionDef,
    conflicts: Sequence[Conflict],
    *,
    undecided: bool = False,
) -> HttpResponse:
    """Status 409. Everything else that was typed is saved; ``undecided`` asks to choose."""
    form = SectionForm(
        section,
        standing.definition,
        {**standing.answers, **{one.code: one.mine for one in conflicts}},
        standing.facts,
        standing.language,
        conflicts=conflicts,
        written_in=standing.reply.language,
    )
    by_code = {one.code: one for one in conflicts}
    both = [_both(standing, field, by_code[field.code], request.POST) for field in form]
    context = {"form": form, "both": both, "undecided": undecided, "title": form.title}
    if undecided:
        context["problems"] = [
            {
                "anchor": f"settle-{one.field.code}",
                "label": one.field.label,
                "message": _("Choose which text stays."),
            }
            for one in both
            if not one.choice
        ]
    return reply_page(
        request,
        "web/reply/conflict.html",
        standing,
        context,
        here=section.code,
        status=CONFLICT,
    )


def _both(standing: Standing, field: QuestionField, one: Conflict, data: QueryDict) -> Both:
    def words(value: Any) -> Said:
        return said(
            field.question, value, standing.definition, standing.language, standing.reply.language
        )

    choice = data.get(f"settle-{field.code}", "")
    return Both(
        field, words(one.theirs), words(one.mine), choice if choice in (MINE, THEIRS) else ""
    )


def settled(data: QueryDict) -> tuple[QueryDict, list[str]]:
    """The form without the questions where the other text stays, and those not decided."""
    codes = data.get(SHOWN, "").split()
    choices = {code: data.get(f"settle-{code}", "") for code in codes}
    kept = data.copy()
    kept[SHOWN] = " ".join(code for code in codes if choices[code] == MINE)
    return kept, [code for code in codes if choices[code] not in (MINE, THEIRS)]
