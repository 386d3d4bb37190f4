"""Names as prose calls them: places that take an article."""

from __future__ import annotations

import re

_TAKES_ARTICLE = re.compile(
    r"\b(?:zone|embassy|consulate|strip|heights|corridor|straits?|gulf|peninsula|headquarters|crossing|border|valley|sea|"
    r"river|bridge|islands|mountains)\b",
    re.IGNORECASE,
)


def sited(name: str) -> str:
    """ "the Green Zone", "the US embassy in Baghdad"; "Camp Taji" and "Baghdad" as they are."""
    return f"the {name}" if _TAKES_ARTICLE.search(name) and not name.casefold().startswith("the ") else name
