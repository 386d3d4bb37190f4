"""The API's addresses, below /api/."""

from typing import Any

urlpatterns: list[Any] = []
