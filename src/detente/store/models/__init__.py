"""One concept per file: entries (what was recorded), marks (where to find it), bookmarks (how far a job has come)."""

from detente.store.models.bookmark import Bookmark
from detente.store.models.entry import Entry
from detente.store.models.mark import Mark, Topic

__all__ = ["Bookmark", "Entry", "Mark", "Topic"]
