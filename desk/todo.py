"""What waits for a person: what to do, on which entry, by whom, since when. The oldest stands first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.entry_types import ENTRY_TYPES, entry_type_of, entry_url
from desk.queue import places_for
from desk.refusals import editing_url
from operators.models import JoinRequest, Organisation, OrganisationInvitation, OrganisationMember
from partnerships.models import Involvement, PartnershipVersion
from partnerships.models.base import Version
from partnerships.services.confirmations import unanswered_by
from platforms.models import SecretariatInvitation
from reports.models import Kind, Report
from reviews.models import Comment, ReviewEvent
from reviews.states import State

_NAMED = Exists(Involvement.objects.filter(organisation=OuterRef("pk")))
A_YEAR = timedelta(days=365)
KIND_OF_MODEL = {kind.model: code for code, kind in ENTRY_TYPES.items()}


@dataclass(frozen=True)
class Task:
    """``what`` says what to do, verb first, and ``about`` what it is about; ``who`` may do it besides the reader."""

    what: str
    about: str
    url: str
    since: datetime | None
    who: str = ""
    note: str = ""
    is_urgent: bool = True
    """False for what may be done and need not."""


def tasks_of(user):
    """The Tasks of ``user`` in a fixed number of queries: first what somebody waits for, the longest waiting first."""
    mine = _Mine(user)
    tasks = [
        *_to_decide(user),
        *_to_confirm(user, mine),
        *_to_mend(user, mine),
        *_to_continue(user, mine),
        *_to_let_in(user),
        *_invitations(user),
        *_follow_ups(user, mine),
    ]
    now = timezone.now()
    return sorted(tasks, key=lambda task: (not task.is_urgent, task.since or now))


class _Mine:
    """The organisations of a person, and who else could do what they find."""

    def __init__(self, user):
        self.user = user
        memberships = OrganisationMember.objects.filter(user=user).select_related("organisation")
        self.names = [membership.organisation.short_name for membership in memberships]

    def written(self, state):
        """The entries of every kind in ``state`` that the person writes, the one that waits longest first."""
        return [entry for entry in self._editable if entry.state == state]

    @cached_property
    def _editable(self):
        found = []
        for kind in ENTRY_TYPES.values():
            entries = kind.model.objects.editable_by(self.user).select_related(*kind.related)
            found += entries.order_by("updated_at", "pk")
        return [entry for entry in found if not (isinstance(entry, Organisation) and entry.pk in self._added_in_place)]

    @cached_property
    def _added_in_place(self):
        """Partners that a WOP of the reader names: they become public with it, nobody submits them."""
        return set(Organisation.objects.editable_by(self.user).filter(_NAMED).values_list("pk", flat=True))

    @property
    def who(self):
        return _("You or a colleague at %(names)s") % {"names": ", ".join(self.names)} if self.names else _("You")


def _to_decide(user):
    """One line for all that waits on the desk."""
    places = places_for(user)
    if not places:
        return []
    what = ngettext("Review %(count)s entry that waits", "Review %(count)s entries that wait", len(places))
    return [
        Task(
            what % {"count": len(places)},
            _("The desk of your secretariat"),
            reverse("desk:queue"),
            places[0].since,
            _("You or a colleague in the secretariat"),
        )
    ]


def _to_confirm(user, mine):
    """Submitted words about which an organisation of the reader was asked and has not said anything."""
    tasks = []
    for code in ("partnership", "report"):
        shown = (
            ENTRY_TYPES[code].model.objects.shown_for_confirmation_to(user).select_related(*ENTRY_TYPES[code].related)
        )
        waiting = unanswered_by(user, list(shown))
        since = _since(waiting)
        tasks += [
            Task(
                _("Confirm it, or say where it differs"),
                _titled(entry),
                reverse("desk:confirm", args=[code, entry.pk]),
                since.get(_key(entry)),
                mine.who,
            )
            for entry in waiting
        ]
    return tasks


def _to_mend(user, mine):
    """What the secretariat has sent back."""
    entries = mine.written(State.CHANGES_REQUESTED)
    since, comments = _since(entries), _open_comments(user, entries)
    return [
        Task(
            _("Make the changes that %(platform)s asks for")
            % {"platform": entry.reviewing_platform or _("the secretariat")},
            _titled(entry),
            entry_url(entry),
            since.get(_key(entry)),
            mine.who,
            _comments_line(comments.get(_key(entry), 0)),
        )
        for entry in entries
    ]


def _to_continue(user, mine):
    """Drafts, the one that was touched last on top of its kind."""
    return [
        Task(
            _("Finish the draft and submit it"),
            _titled(entry),
            editing_url(entry),
            entry.updated_at,
            mine.who,
            is_urgent=False,
        )
        for entry in mine.written(State.DRAFT)
    ]


def _to_let_in(user):
    requests = JoinRequest.objects.answerable_by(user).select_related("user", "organisation").order_by("created_at")
    return [
        Task(
            _("Answer %(person)s, who asks to join") % {"person": request.user},
            str(request.organisation),
            reverse("operators:people", args=[request.organisation.slug]),
            request.created_at,
            _("A manager of the organisation, or its secretariat"),
        )
        for request in requests
    ]


def _invitations(user):
    """Their links stand in the mails alone, so this says where to look."""
    is_open = {"email__iexact": user.email, "used_at": None, "revoked_at": None, "expires_at__gt": timezone.now()}
    invitations = [
        *OrganisationInvitation.objects.filter(**is_open).select_related("organisation"),
        *SecretariatInvitation.objects.filter(**is_open).select_related("platform"),
    ]
    return [
        Task(
            _("Open the invitation in your mail"),
            str(getattr(one, "organisation", None) or one.platform),
            "",
            one.created_at,
            _("You"),
            _("It was sent to %(email)s and is valid until %(date)s.")
            % {"email": one.email, "date": date_format(one.expires_at, "DATE_FORMAT")},
        )
        for one in invitations
    ]


def _follow_ups(user, mine):
    """WOPs that ended a year ago or longer and of which nobody has said since what came of it."""
    today = timezone.now().date()
    told = Report.objects.filter(partnership=OuterRef("partnership"), kind=Kind.FOLLOW_UP)
    ended = (
        PartnershipVersion.objects.published()
        .written_by(user)
        .filter(ends_on__gt="", ends_on__lt=str(today.year))
        .filter(~Exists(told))
        .select_related("partnership")
    )
    due = [version for version in ended if version.ends_on.latest + A_YEAR <= today]
    return [
        Task(
            _("Say what lasted: start the follow-up report"),
            _titled(version),
            reverse("reports:new", args=[version.partnership.reference]),
            None,
            mine.who,
            _("The partnership ended: %(date)s.") % {"date": version.ends_on.localised()},
            is_urgent=False,
        )
        for version in due
    ]


def _titled(entry):
    """“WOP-0001 SICSM – WASCO”, “Report of 2015, WOP-0001 ...”."""
    return f"{entry.wop().reference} {entry}" if isinstance(entry, Version) else str(entry)


def _key(entry):
    return entry_type_of(entry).code, entry.pk


def _of(entries):
    """A condition on generic foreign keys: any of ``entries``."""
    condition = Q(pk__in=[])
    for model in {type(entry) for entry in entries}:
        ids = [entry.pk for entry in entries if type(entry) is model]
        condition |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
    return condition


def _since(entries):
    """{key: when the entry came into its state}."""
    at = {}
    for event in ReviewEvent.objects.filter(_of(entries)).order_by("pk") if entries else []:
        at[event.content_type_id, event.object_id] = event.created_at
    types = {type(entry): ContentType.objects.get_for_model(entry).pk for entry in entries}
    found = {_key(entry): at.get((types[type(entry)], entry.pk)) for entry in entries}
    return {key: moment for key, moment in found.items() if moment}


def _open_comments(user, entries):
    """{key: number of remarks by others that nobody has answered or resolved}."""
    types = {ContentType.objects.get_for_model(entry).pk: type(entry) for entry in entries}
    comments = Comment.objects.filter(_of(entries), answers=None, resolved_at=None).exclude(by=user) if entries else []
    counts = {}
    for comment in comments:
        key = KIND_OF_MODEL[types[comment.content_type_id]], comment.object_id
        counts[key] = counts.get(key, 0) + 1
    return counts


def _comments_line(count):
    return ngettext("%(count)s open remark", "%(count)s open remarks", count) % {"count": count} if count else ""
