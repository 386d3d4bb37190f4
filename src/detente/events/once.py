"""Questions about a word that only the parse answers, asked once a word: many frames, trees and rules ask the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from detente.events.tokens import Token

_Answer = TypeVar("_Answer")


def once(ask: Callable[[Token], _Answer]) -> Callable[[Token], _Answer]:
    """The same question, its answers kept with the parse; what also depends on names or codebook is for `scene.kept`."""

    @wraps(ask)
    def answer(token: Token) -> _Answer:
        try:
            found: _Answer = token.doc.user_data[ask][token.i]
        except KeyError:
            found = token.doc.user_data.setdefault(ask, {})[token.i] = ask(token)
        return found

    return answer
