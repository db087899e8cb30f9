"""What is noted on the desk: who has an entry in hand, who has seen what, remarks, reported errors."""

from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AnyUser, User
from desk.models import Assignment, ErrorReport, Look
from desk.permissions import can_assign, can_comment
from notices.services import notify
from platforms.models import Level, Platform
from reviews.models import Comment, Reviewable
from reviews.snapshots import remember
from reviews.states import State

TOLD_STATES = (State.SUBMITTED, State.CHANGES_REQUESTED)
"""While a secretariat has the entry before it."""


def _place(entry):
    return {"content_type": ContentType.objects.get_for_model(entry), "object_id": entry.pk}


@transaction.atomic
def assign(entry: Reviewable, *, to: User | None, by: User) -> None:
    """Put ``entry`` into the hands of ``to``, or of nobody (None). Both must be able to decide on it."""
    if not can_assign(by, entry):
        raise PermissionDenied(_("Only who may decide on this entry may say who does."))
    if to is None:
        Assignment.objects.filter(**_place(entry)).delete()
        return
    if not entry.may_be_decided_by(to):
        raise ValidationError({"to": _("%(name)s may not decide on this entry.") % {"name": to}})
    before = Assignment.objects.filter(**_place(entry)).select_related("to").first()
    held, _is_new = Assignment.objects.update_or_create(
        **_place(entry), defaults={"to": to, "by": by, "created_at": timezone.now()}
    )
    if before and before.to == to:
        return
    told = {to, before.to} if before else {to}
    key = f"handed-over/{held.pk}/{to.pk}/{held.created_at:%Y%m%d%H%M%S%f}"
    notify("handed-over", about=held, key=key, users=[user for user in told if user != by])


def colleagues(entry: Reviewable) -> QuerySet[User]:
    """The Users who may decide on ``entry``, by name."""
    platform = entry.reviewing_platform or entry.route()
    return entry.deciders(platform.line()).order_by("name", "pk") if platform else User.objects.none()


@transaction.atomic
def look(entry: Reviewable, *, by: User) -> Look:
    """Note that ``by`` has the page of ``entry`` open; returns the Look with the revision to compare with.

    What they looked at before becomes the beginning of “since I last looked”; a decision of theirs counts as
    having seen everything up to it.
    """
    mine = Look.objects.filter(**_place(entry), user=by).first() or Look(entry=entry, user=by)
    if mine.revision is None and mine.opened_revision not in {None, entry.revision}:
        mine.revision = mine.opened_revision
    decided = entry.events.filter(by=by).order_by("-revision").values_list("revision", flat=True).first()
    mine.revision = max(filter(None, (mine.revision, decided)), default=None)
    mine.opened_revision, mine.seen_at = entry.revision, timezone.now()
    mine.save()
    remember(entry, by=None)
    return mine


@transaction.atomic
def mark_seen(entry: Reviewable, *, by: User, revision: int) -> None:
    """``by`` says that they have seen what changed up to ``revision``."""
    seen = min(revision, entry.revision)
    Look.objects.update_or_create(
        **_place(entry), user=by, defaults={"revision": seen, "opened_revision": seen, "seen_at": timezone.now()}
    )


@transaction.atomic
def add_comment(
    entry: Reviewable,
    *,
    by: User,
    text: str,
    field: str = "",
    row_key: UUID | str | None = None,
    answers: Comment | None = None,
) -> Comment:
    """Write a remark on ``entry``, on a field, a row or a field of a row of it, or as an answer to another remark."""
    if not can_comment(by, entry):
        raise PermissionDenied(_("Authors and reviewers may write remarks while an entry is worked on."))
    if answers is not None:
        answers = _thread(entry, answers)
        field, row_key = answers.field, answers.row_key
    comment = Comment(entry=entry, by=by, text=text.strip(), field=field, row_key=row_key, answers=answers)
    if not comment.text:
        raise ValidationError({"text": _("Write what you want to say.")})
    comment.full_clean()
    comment.save()
    _tell_of_comment(comment, entry, by)
    return comment


def _thread(entry, comment):
    """The first remark of the thread of ``remark``, which must be about this very thing."""
    first = comment.answers or comment
    ids = {entry.pk, *entry.siblings().values_list("pk", flat=True)}
    if first.content_type_id != ContentType.objects.get_for_model(entry).pk or first.object_id not in ids:
        raise ValidationError(_("The remark that this answers is about something else."))
    return first


@transaction.atomic
def resolve_comment(comment: Comment, *, by: User) -> None:
    """The thread is settled; it stays readable for ever."""
    first = comment.answers or comment
    entry = first.entry
    if entry is None or not (can_comment(by, entry) or _may_settle(by, entry)):
        raise PermissionDenied(_("Authors and reviewers may settle a remark."))
    Comment.objects.filter(pk=first.pk, resolved_at=None).update(resolved_by=by, resolved_at=timezone.now())


def _may_settle(user, older):
    """A remark on an older version is settled by who works on the open one."""
    current = older.siblings().filter(state__in=(*TOLD_STATES, State.DRAFT)).first()
    return current is not None and can_comment(user, current)


def _tell_of_comment(comment, entry, by):
    """Authors hear of what others write; reviewers of what authors write while it lies before them.

    While an entry is reviewed its authors cannot change it: the decision tells them of all remarks together.
    """
    if not entry.is_written_by(by):
        if entry.state == State.SUBMITTED:
            return
        users = entry.authors()
    elif entry.state in TOLD_STATES:
        held = Assignment.objects.filter(**_place(entry)).values("to")
        users = User.objects.filter(pk__in=held)
        users = users if users.exists() else entry.deciders([entry.reviewing_platform])
    else:
        return
    told = [user for user in users if user != by]
    notify("comment", about=comment, key=f"comment-{comment.pk}", users=told)


@transaction.atomic
def report_error(
    *,
    address: str,
    text: str,
    email: str = "",
    about: Model | None = None,
    platform: Platform | None = None,
    by: AnyUser | None = None,
) -> ErrorReport:
    """A reader says what is wrong on the page ``address``; the secretariat of ``platform`` is told."""
    platform = platform or Platform.objects.filter(level=Level.GLOBAL).first()
    report = ErrorReport(
        address=address, text=text.strip(), email=email, about=about, platform=platform, by=by if by and by.pk else None
    )
    report.full_clean(exclude=["content_type", "object_id", "platform", "closed_by", "closed_at", "by"])
    report.save()
    notify("error-reported", about=report, key=f"error-{report.pk}", users=_caretakers(platform))
    return report


def _caretakers(platform):
    """The secretariat of ``platform``, or the next one above it that has anybody."""
    for one in platform.line() if platform else []:
        serving = User.objects.filter(is_active=True, secretariats__platform=one).distinct()
        if serving:
            return serving
    return User.objects.none()


@transaction.atomic
def close_error(report: ErrorReport, *, by: User, answer: str) -> ErrorReport:
    """Say what was done about it; who reported it is told, if they left an address. Done once."""
    if not ErrorReport.objects.served_by(by).filter(pk=report.pk).exists():
        raise PermissionDenied(_("Only the secretariat that looks after the page may answer."))
    if not answer.strip():
        raise ValidationError({"answer": _("Say what was done, or why nothing was.")})
    ErrorReport._meta.get_field("answer").refuse_longer(answer.strip())
    closed = ErrorReport.objects.waiting().filter(pk=report.pk)
    if not closed.update(answer=answer.strip(), closed_by=by, closed_at=timezone.now()):
        raise ValidationError(_("A colleague has answered this meanwhile."), code="closed")
    report.refresh_from_db()
    address = [report.email] if report.email else []
    notify("error-answered", about=report, key=f"error-answered-{report.pk}", addresses=address)
    return report
