"""Trends: questions about any part of the register, each with an answer, a figure and a table."""

from stocktaking.insight.queries.trends.catalogue import NAMES, THEMES, theme, theme_of, trend
from stocktaking.insight.queries.trends.values import (
    Basis,
    Column,
    Link,
    Row,
    Table,
    Trend,
    no_link,
)

__all__ = [
    "NAMES",
    "THEMES",
    "Basis",
    "Column",
    "Link",
    "Row",
    "Table",
    "Trend",
    "no_link",
    "theme",
    "theme_of",
    "trend",
]
