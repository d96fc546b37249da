from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "stocktaking.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # a kind of mail; it needs the registry of the outbox
        import stocktaking.web.guard.mails  # noqa: F401, PLC0415

        # what providers ask needs loaded models
        from stocktaking.web.desk import load_providers  # noqa: PLC0415

        load_providers()
