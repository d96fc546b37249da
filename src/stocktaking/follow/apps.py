from django.apps import AppConfig


class FollowConfig(AppConfig):
    name = "stocktaking.follow"
    label = "follow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # jobs, mails and receivers need loaded models
        from stocktaking.follow import receivers, tasks  # noqa: F401, PLC0415
        from stocktaking.follow.notifications import KINDS  # noqa: PLC0415
        from stocktaking.outbox.registry import register  # noqa: PLC0415

        for kind in KINDS:
            register(kind)
