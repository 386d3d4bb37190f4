"""Files, folders and standard input to pages: bytes as received, each with its hash."""

from detente.sources.files import KINDS, open_sources
from detente.sources.pages import make_page
from detente.sources.tally import Tally, impossible_day, name_of

__all__ = ["KINDS", "Tally", "impossible_day", "make_page", "name_of", "open_sources"]
