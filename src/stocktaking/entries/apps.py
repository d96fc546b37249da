from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "stocktaking.entries"
    label = "entries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # receivers need loaded models
        from stocktaking.entries.notifications import KINDS  # noqa: PLC0415
        from stocktaking.entries.receivers import EntryDocuments  # noqa: PLC0415
        from stocktaking.outbox.registry import register  # noqa: PLC0415
        from stocktaking.search.registry import provide  # noqa: PLC0415

        provide(EntryDocuments())
        for kind in KINDS:
            register(kind)
