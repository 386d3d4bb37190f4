"""CAMEO event codes to PLOVER types: what GDELT and ICEWS say, in our terms."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from detente.records import Modality

Meaning = tuple[str | None, str | None, tuple[str, ...]]  # type, act, modes
_FORCE = ("137", "138")  # threats whose deed is force


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "cameo.toml").read_text(encoding="utf-8"))


@cache
def plover(code: str) -> Meaning:
    """PLOVER type, act and modes of a CAMEO code; (None, None, ()) where it has no counterpart.

    The code must be text: "043" and "43" differ, and a lost leading zero cannot be told from root 10 and up.
    """
    if not re.fullmatch(r"\d{2,4}", code):
        raise ValueError(f"{code!r} is not a CAMEO code of two to four digits")
    if not "01" <= code[:2] <= "20":
        raise ValueError(f"{code!r} is not a CAMEO code: there is no root {code[:2]} (was a leading zero lost?)")
    for length in range(len(code), 1, -1):
        found = _table().get(code[:length])
        if found:
            act = "ASSAULT" if code.startswith(_FORCE) and "violence" in found else found[0]
            return found[0], act, tuple(found[1:])
    return None, None, ()


def modality(type_: str | None, act: str | None) -> Modality:
    """A threat of a deed is threatened; everything else is taken as the source has it, as having happened."""
    return "threatened" if type_ == "THREATEN" and act != type_ else "happened"
