"""Files, folders and standard input to pages: bytes as received, each with its hash."""

from detente.sources.files import KINDS, open_sources
from detente.sources.pages import make_page
from detente.sources.tally import Tally

__all__ = ["KINDS", "Tally", "make_page", "open_sources"]
