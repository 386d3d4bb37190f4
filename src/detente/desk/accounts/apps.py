"""This part as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartConfig(AppConfig):
    """Makes the groups of roles after every migration."""

    name = "detente.desk.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Keep the groups in step with `roles`."""
        from detente.desk.roles import make_groups

        post_migrate.connect(make_groups, sender=self)
