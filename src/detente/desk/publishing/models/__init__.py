"""One concept per file: the story, its revisions, approvals, exhibits and picture. All words are in the ledger."""

from detente.desk.publishing.models.approval import Approval
from detente.desk.publishing.models.exhibit import Exhibit
from detente.desk.publishing.models.picture import Picture
from detente.desk.publishing.models.revision import Revision
from detente.desk.publishing.models.story import Story

__all__ = ["Approval", "Exhibit", "Picture", "Revision", "Story"]
