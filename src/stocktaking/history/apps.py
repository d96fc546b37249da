from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "stocktaking.history"
    label = "history"
    default_auto_field = "django.db.models.BigAutoField"
