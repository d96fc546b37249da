from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "stocktaking.threads"
    label = "threads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # receivers need loaded models
        from stocktaking.threads import receivers  # noqa: F401, PLC0415
