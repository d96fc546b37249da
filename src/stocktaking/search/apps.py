from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "stocktaking.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stocktaking.search import receivers, tasks  # noqa: F401, PLC0415 - registers them
