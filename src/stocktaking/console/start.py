"""Loading Django once, after the command line has chosen the data folder."""

import os

import django
from django.apps import apps


def start_django() -> None:
    """Read the settings and load the apps, once per process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktaking.config.settings")
    if not apps.ready:
        django.setup()
