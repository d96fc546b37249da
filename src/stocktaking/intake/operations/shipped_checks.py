"""The checks that the package brings. They are rows: staff change them or put them out of use."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from stocktaking.accounts.models import Person
from stocktaking.intake.models import Check
from stocktaking.intake.operations.checks import save_check

FILE = Path(__file__).parents[1] / "shipped" / "checks.json"


def shipped_checks() -> list[dict[str, Any]]:
    """As the keywords of ``save_check``."""
    return list(json.loads(FILE.read_text(encoding="utf-8")))


def load_checks(*, by: Person | None, at: dt.datetime) -> int:
    """Make those that are not there; the number made. The questionnaire ``entries``, whose
    questions they are about, must be there. What staff changed stays as it is."""
    known = set(Check.objects.values_list("slug", flat=True))
    missing = [row for row in shipped_checks() if row["slug"] not in known]
    for row in missing:
        save_check(**row, by=by, at=at)
    return len(missing)
