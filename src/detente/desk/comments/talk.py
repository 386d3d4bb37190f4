"""What stands below an article: its likes and comments, as templates want them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import HttpRequest

from detente.desk.comments.forms import CommentForm
from detente.desk.comments.models import Comment, Like
from detente.desk.comments.people import person, reader

A_PAGE = 30
State = Comment.State


@dataclass(frozen=True, slots=True)
class Talk:
    """Likes and comments of one subject, and an empty form."""

    subject: str
    likes: int
    liked: bool
    count: int
    page: Page
    form: CommentForm


def talk(request: HttpRequest, subject: str, number: str | None = None) -> Talk:
    """Gather it for the reader of that number (None: of the cookie); published comments only, and the places of erased ones that were answered."""
    number = number or reader(request)
    likes = Like.objects.filter(subject=subject)
    shown = Comment.objects.filter(subject=subject, state__in=(State.PUBLISHED, State.ERASED))
    answers = Prefetch("replies", Comment.objects.filter(state=State.PUBLISHED), to_attr="answers")
    pages = Paginator(shown.filter(parent=None).prefetch_related(answers), A_PAGE)
    return Talk(
        subject, likes.count(), number is not None and likes.filter(person=person(subject, number)).exists(),
        shown.filter(state=State.PUBLISHED).count(), pages.get_page(request.GET.get("comments")), CommentForm(),
    )  # fmt: skip
