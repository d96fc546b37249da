"""Questions to the index of this node."""

from stocktaking.search.queries.answers import answer, cross, data_version, matching_keys

__all__ = ["answer", "cross", "data_version", "matching_keys"]
