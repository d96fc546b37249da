"""The builder of questionnaires, for organisers."""
