"""Cards that other sites show beside a link to a page of this one (Open Graph)."""

from stocktaking.web.cards.contents import Card, card_of_entry, card_of_site
from stocktaking.web.cards.kept import Kept, card_key, kept_card

__all__ = ["Card", "Kept", "card_key", "card_of_entry", "card_of_site", "kept_card"]
