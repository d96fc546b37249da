"""What was sent, as one fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(answers: Mapping[str, Any]) -> bytes:
    """The same answers give the same bytes, whatever their order."""
    text = json.dumps(
        answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    # a lone surrogate cannot be stored, but must not stop a fingerprint either
    return text.encode("utf-8", "surrogatepass")


def fingerprint(answers: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(answers)).hexdigest()
