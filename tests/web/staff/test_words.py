import re
from pathlib import Path

import stocktaking
from stocktaking.jobs.registry import KINDS
from stocktaking.web.views.staff.words import JOBS, VERBS

SOURCE = Path(stocktaking.__file__).parent


def test_every_verb_of_history_has_words() -> None:
    written = {
        verb
        for file in SOURCE.rglob("*.py")
        for verb in re.findall(r'\bverb="(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert len(written) > 20
    assert not written - set(VERBS)


def test_every_kind_of_job_has_words() -> None:
    shipped = {name for name, work in KINDS.items() if work.__module__.startswith("stocktaking.")}
    assert "search.rebuild" in shipped
    assert not shipped - set(JOBS)
