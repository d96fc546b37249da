from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "stocktaking.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stocktaking.files import tasks  # noqa: F401, PLC0415 - registers them
