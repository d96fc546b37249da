from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "stocktaking.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # receivers and tasks need loaded models
        from stocktaking.calls.registry import register  # noqa: PLC0415
        from stocktaking.intake import tasks  # noqa: F401, PLC0415
        from stocktaking.intake.kinds import EntriesKind  # noqa: PLC0415
        from stocktaking.intake.receivers import replies  # noqa: F401, PLC0415

        register(EntriesKind())
