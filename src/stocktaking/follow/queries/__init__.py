"""Questions about what people follow."""

from stocktaking.follow.queries.due import due_followers
from stocktaking.follow.queries.news import (
    EntryNews,
    News,
    Recent,
    SearchNews,
    latest,
    news_of,
    recent_since,
)
from stocktaking.follow.queries.standing import Standing, standing_of
from stocktaking.follow.queries.subscriptions import (
    Followed,
    followed,
    followed_by,
    followed_entry,
    followed_search,
    question_of,
)

__all__ = [
    "EntryNews",
    "Followed",
    "News",
    "Recent",
    "SearchNews",
    "Standing",
    "due_followers",
    "followed",
    "followed_by",
    "followed_entry",
    "followed_search",
    "latest",
    "news_of",
    "question_of",
    "recent_since",
    "standing_of",
]
