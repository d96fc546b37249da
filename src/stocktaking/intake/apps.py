from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "stocktaking.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # receivers, mails and tasks need loaded models
        from stocktaking.calls.registry import register  # noqa: PLC0415
        from stocktaking.intake import (  # noqa: F401, PLC0415
            tasks,
            tasks_imports,
            tasks_participation,
        )
        from stocktaking.intake.kinds import EntriesKind  # noqa: PLC0415
        from stocktaking.intake.notifications import KINDS  # noqa: PLC0415
        from stocktaking.intake.receivers import (  # noqa: F401, PLC0415
            imports,
            mails,
            moderators,
            participation,
            people,
            replies,
        )
        from stocktaking.outbox.registry import register as register_mail  # noqa: PLC0415

        register(EntriesKind())
        for kind in KINDS:
            register_mail(kind)
