from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "stocktaking.threads"
    label = "threads"
    default_auto_field = "django.db.models.BigAutoField"
