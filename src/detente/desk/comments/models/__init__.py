"""One concept per file: comment, like, report, appeal, ban, and the salt of the day."""

from detente.desk.comments.models.appeal import Appeal
from detente.desk.comments.models.ban import Ban
from detente.desk.comments.models.comment import Comment
from detente.desk.comments.models.like import Like
from detente.desk.comments.models.report import Report
from detente.desk.comments.models.salt import Salt

__all__ = ["Appeal", "Ban", "Comment", "Like", "Report", "Salt"]
