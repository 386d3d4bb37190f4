"""What readers do: like, comment, report, appeal, see and erase their own data."""

from __future__ import annotations

from django.contrib import messages
from django.core.cache import cache
from django.core.signing import BadSignature
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from detente.desk.comments import mail, owndata, people
from detente.desk.comments.forms import AddressForm, AppealForm, CommentForm, ReportForm
from detente.desk.comments.limit import LIMIT
from detente.desk.comments.models import Appeal, Comment, Like, Report
from detente.desk.comments.reasons import told
from detente.desk.comments.steps import Draft, judge
from detente.desk.comments.subjects import Subject, find
from detente.desk.comments.talk import talk
from detente.desk.public.describing import absolute

HOUR = 3600
MOST_ASKED = 5  # letters about own data that one connection, or one address, can cause in an hour
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _subject(key: str) -> Subject:
    found = find(key)
    if found is None:
        raise Http404
    return found


@require_POST
def like(request: HttpRequest, subject: str) -> HttpResponse:
    """Like (like=1) or take the like back (like=0)."""
    about, number = _subject(subject), people.reader(request) or people.new_reader()
    who = people.person(subject, number)
    if request.POST.get("like") == "0":
        Like.objects.filter(subject=subject, person=who).delete()
    elif not _liked(subject, who, people.day_key(request)):
        messages.info(request, _("This was liked today with this connection and browser, so it counts once."))
    if request.headers.get("HX-Request"):
        response = render(request, "comments/like.html", {"talk": talk(request, subject, number)})
    else:
        response = redirect(f"{about.url}#like")
    people.keep_reader(response, number)
    return response


def _liked(subject: str, who: str, day_key: str) -> bool:
    """Keep a like; False where this connection and browser liked it today under another cookie."""
    try:
        with transaction.atomic():
            Like.objects.get_or_create(subject=subject, person=who, defaults={"day_key": day_key})
    except IntegrityError:
        return False
    return True


@get_or_post
def write(request: HttpRequest, subject: str) -> HttpResponse:
    """The form on a page of its own, also to answer a comment (?to=); sent comments are judged and kept."""
    about = _subject(subject)
    given = request.POST if request.method == "POST" else request.GET
    form = CommentForm(request.POST if request.method == "POST" else None)
    answered = _answered(subject, given.get("to", ""))
    reason = _("The comment that you answer is no longer there.") if given.get("to") and not answered else ""
    if form.is_valid() and not reason:
        sent = form.cleaned_data
        draft = Draft(subject, about.theatre, sent["name"], sent["email"], sent["text"], people.day_key(request))
        verdict = judge(draft)
        if verdict.outcome != "back":
            state = Comment.State.REJECTED if verdict.outcome == "reject" else Comment.State.WAITING
            made = Comment.objects.create(
                subject=subject, parent=answered, name=draft.name, email=draft.email, text=draft.text,
                language=translation.get_language() or "en", day_key=draft.day_key, state=state, reason=verdict.reason,
                urgent=verdict.urgent,
            )  # fmt: skip
            return redirect("comments:status", mail.token(made))
        reason = told(verdict.reason)
    said = {"about": about, "form": form, "answered": answered, "limit": LIMIT, "wrong": reason, "subject": subject}
    return render(request, "comments/write.html", said, status=422 if request.method == "POST" else 200)


def _answered(subject: str, number: str) -> Comment | None:
    """The comment that is answered: a published one of the first level, of the same subject."""
    if not (number.isascii() and number.isdecimal()) or len(number) > 18:
        return None
    return Comment.objects.filter(pk=int(number), subject=subject, parent=None, state=Comment.State.PUBLISHED).first()


@never_cache
@get_or_post
def status(request: HttpRequest, signed: str) -> HttpResponse:
    """Thanks, what happens next, and later what was decided and why; a rejected comment's writer may appeal here."""
    try:
        comment = get_object_or_404(Comment, pk=mail.number_in(signed))
    except BadSignature as error:
        raise Http404 from error
    form, open_to_appeal = AppealForm(request.POST or None), comment.state == Comment.State.REJECTED
    if request.method == "POST" and open_to_appeal and form.is_valid():
        Appeal.objects.get_or_create(comment=comment, defaults={"text": form.cleaned_data["text"]})
        return redirect("comments:status", signed)
    said = {"comment": comment, "about": find(comment.subject), "reason": told(comment.reason), "form": form,
            "appeal": Appeal.objects.filter(comment=comment).first(), "signed": signed}  # fmt: skip
    return render(request, "comments/status.html", said)


@get_or_post
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators that a published comment breaks the policy."""
    comment = get_object_or_404(Comment, pk=pk, state=Comment.State.PUBLISHED)
    about = _subject(comment.subject)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        key = people.day_key(request)
        Report.objects.get_or_create(comment=comment, day_key=key, defaults=form.cleaned_data)
        messages.success(request, _("Thank you. A moderator will look at this comment."))
        return redirect(f"{about.url}#comments")
    said = {"comment": comment, "about": about, "form": form}
    return render(request, "comments/report.html", said, status=422 if request.method == "POST" else 200)


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """What is published and what is not, and what is kept."""
    return render(request, "comments/policy.html")


@get_or_post
def my_data(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; the answer is the same whether anything is held or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if _few(f"data-{people.day_key(request)}") and _few(f"data-{people.email_key(email)}"):
            link = absolute(request, reverse("comments:own_data", args=[owndata.token(email)]))
            mail.send(email, "data", {"link": link})
        return render(request, "comments/my_data.html", {"sent": True})
    return render(request, "comments/my_data.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _few(name: str) -> bool:
    cache.add(name, 0, HOUR)
    return cache.incr(name) <= MOST_ASKED


@never_cache
@get_or_post
def own_data(request: HttpRequest, signed: str) -> HttpResponse:
    """For who holds the link: all that is kept, as a file (do=export), or its end (do=erase)."""
    try:
        email = owndata.email_in(signed)
    except BadSignature:
        return render(request, "comments/own_data.html", {"old": True}, status=410)
    do = request.POST.get("do")
    if do == "export":
        head = {"Content-Disposition": 'attachment; filename="comments.json"'}
        return JsonResponse(owndata.export(email), json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=head)
    if do == "erase":
        return render(request, "comments/own_data.html", {"email": email, "erased": owndata.erase(email)})
    return render(request, "comments/own_data.html", {"email": email, "held": owndata.export(email)})
