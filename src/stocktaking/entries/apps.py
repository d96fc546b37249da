from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "stocktaking.entries"
    label = "entries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # receivers need loaded models
        from stocktaking.entries.notifications import KINDS  # noqa: PLC0415
        from stocktaking.entries.queries.ageing import FRESHNESS  # noqa: PLC0415
        from stocktaking.entries.receivers import EntryDocuments, bands_of_today  # noqa: PLC0415
        from stocktaking.outbox.registry import register  # noqa: PLC0415
        from stocktaking.search.registry import provide, provide_bands  # noqa: PLC0415

        provide(EntryDocuments())
        provide_bands(FRESHNESS, bands_of_today)
        for kind in KINDS:
            register(kind)
