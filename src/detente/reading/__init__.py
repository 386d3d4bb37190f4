"""Pages to articles: clean text with every character traceable, captions apart, furniture gone."""

from detente.reading.article import page_text, raw_offset, read_page, read_text
from detente.reading.dates import parse_date
from detente.reading.text import fold

__all__ = ["fold", "page_text", "parse_date", "raw_offset", "read_page", "read_text"]
