"""What is known of a reply besides its answers: conditions may ask for it."""

from stocktaking.calls.models import Reply
from stocktaking.calls.states import Occasion


def facts(
    *, stakeholder: str = "", country: str = "", language: str, occasion: Occasion, role: str = ""
) -> dict[str, str]:
    return {
        "stakeholder": stakeholder,
        "country": country,
        "language": language,
        "occasion": str(occasion),
        "role": role,
    }


def facts_of(reply: Reply) -> dict[str, str]:
    """Facts for conditions; ``role`` says whether one replies for an organisation."""
    return facts(
        stakeholder=reply.stakeholder,
        country=reply.country,
        language=reply.language,
        occasion=Occasion(reply.occasion),
        role="organisation" if reply.organisation_id or reply.organisation_name else "person",
    )
