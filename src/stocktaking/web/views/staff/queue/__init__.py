"""Replies in moderation: the list, one reply, endorsements, statistics."""
