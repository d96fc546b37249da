"""Suggesting terms for a text by the words in it: no model, no network, nothing set by itself.

``reading`` cuts a text into words that can be compared, ``vocabulary`` says which words speak for
which term, ``judging`` adds up what a text says and tells how sure that is.
"""
