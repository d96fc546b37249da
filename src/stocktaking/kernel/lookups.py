"""Questions to the database that Django asks in a slower way."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Lookup


class Among(Lookup):
    """``filter(Among(F("entry_id"), numbers))``: whether a number is one of many.

    ``in`` binds each number as a parameter, which for a thousand takes longer than the answer;
    whole numbers can stand in the statement as they are, and nothing but them gets in.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if not self.rhs:
            raise EmptyResultSet
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} IN ({', '.join(str(int(number)) for number in self.rhs)})", parameters
