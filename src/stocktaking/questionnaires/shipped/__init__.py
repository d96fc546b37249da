"""Questionnaires that the program brings, as files of ``rules.documents``."""
