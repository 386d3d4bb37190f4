"""Addresses below /comments/."""

from typing import Any

app_name = "comments"
urlpatterns: list[Any] = []
