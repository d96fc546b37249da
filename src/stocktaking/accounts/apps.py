from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "stocktaking.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # receivers and kinds of mail need loaded models
        from stocktaking.accounts import receivers  # noqa: F401, PLC0415
        from stocktaking.accounts.notifications import KINDS  # noqa: PLC0415
        from stocktaking.outbox.registry import register  # noqa: PLC0415

        for kind in KINDS:
            register(kind)
