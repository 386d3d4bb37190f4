"""The store as a Django app: a site lists "detente.store" in INSTALLED_APPS and gets tables and migrations."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables start with `ledger_`, whatever project the app stands in."""

    name = "detente.store"
    label = "ledger"
    verbose_name = "Ledger"
    default_auto_field = "django.db.models.BigAutoField"
