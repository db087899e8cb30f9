"""The page on which an entry is decided: what changed, for whom, what is said about it, what speaks against it."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.checklist import checks_of
from desk.comments import comment_url, comments_of
from desk.conflicts import conflicts_of
from desk.entry_types import entry_type_of
from desk.history import history_of
from desk.models import Assignment
from desk.permissions import can_assign
from desk.queue import LOOKING_WITHIN, pairs_of, reference_of
from desk.services import colleagues, look
from desk.steps import buttons_for
from desk.visibility import visibility_of
from operators.models import Organisation, OrganisationChange
from partnerships.models import PartnershipVersion
from reviews.diffs import ORDER, changes_between
from reviews.services import can_share
from reviews.snapshots import ITSELF, at_revision, content_of
from reviews.states import Actor, State

DECISIONS = ("publish", "reject", "archive", "restore", "discard", "request_changes")
"""Steps of reviewers in the order of their buttons, the one that unfolds last."""
SINCE, PUBLIC, WHOLE = "since", "public", "whole"


@dataclass(frozen=True)
class View:
    """One way to read the entry; ``changes`` is None where there is nothing to compare with."""

    code: str
    label: str
    changes: list | None
    is_current: bool = False


@dataclass(frozen=True)
class Item:
    """One Change with the remarks pinned to it."""

    change: object
    comment_url: str
    threads: list


@dataclass(frozen=True)
class Row:
    """The changes of one row of the entry, with the remarks on the row as a whole."""

    first: object
    items: list
    comment_url: str
    threads: list


@dataclass(frozen=True)
class Group:
    label: str
    rows: list


def review_page(entry, user, wanted=""):
    """The context of ``desk/review.html``; notes that ``user`` is looking."""
    mine, now = look(entry, by=user), content_of(entry)
    comments = comments_of(entry, user, now)
    views = _views(entry, mine, now, wanted)
    current = next(view for view in views if view.is_current)
    groups = _groups(entry, current.changes or [], comments)
    actors = entry.roles_of(user)
    return (
        comments
        | {
            "entry": entry,
            "kind": entry_type_of(entry),
            "reference": reference_of(entry),
            "pair": pairs_of([entry]).get((type(entry), entry.pk)),
            "look": mine,
            "views": views,
            "current": current,
            "groups": groups,
            "elsewhere": _not_shown(groups, comments["threads"]),
            "checks": checks_of(entry, comments["threads"]),
            "history": history_of(entry),
            "is_insider": True,
            "application": _application(entry),
            "submitted": entry.events.filter(action="submit").select_related("by").last(),
            "routing": routing_of(entry),
            "may_decide": Actor.REVIEWER in actors,
            "conflict": conflicts_of([entry], user).get((type(entry), entry.pk), ""),
            "buttons": _buttons(entry, user) if Actor.REVIEWER in actors else [],
            "why": visibility_of(entry),
            "looking": _looking(entry, user),
            "can_share": can_share(user, entry),
            "links": entry.preview_links.select_related("by") if actors else [],
            "now": timezone.now(),
        }
        | _hands(entry, user)
    )


def _application(entry):
    """Who applies for an organisation, and what its words do not tell: members, services; None for other entries."""
    if not isinstance(entry, Organisation):
        return None
    return {
        "members": entry.members.select_related("user").order_by("pk"),
        "by": entry.created_by,
        "services": [str(service) for service in entry.services.all()],
    }


def _buttons(entry, user):
    buttons = [button for button in buttons_for(entry, user) if button.action in DECISIONS]
    return sorted(buttons, key=lambda button: DECISIONS.index(button.action))


def _views(entry, mine, now, wanted):
    """Since my last look, against what is public, and everything; the first that has something to say is current."""
    model = type(entry)
    before = at_revision(entry, mine.revision) if mine.revision else None
    public = public_content(entry)
    views = [
        View(SINCE, _("Since you last looked"), changes_between(model, before, now) if before else None),
        View(PUBLIC, _("Against what is public"), changes_between(model, public, now) if public else None),
        View(WHOLE, _("The whole entry"), changes_between(model, None, now)),
    ]
    possible = [view for view in views if view.changes is not None]
    current = next((view for view in possible if view.code == wanted), None) or possible[0]
    return [View(view.code, view.label, view.changes, view.code == current.code) for view in possible]


def public_content(entry):
    """What the public reads now in place of ``entry``, as ``content_of``; None for something new."""
    if isinstance(entry, OrganisationChange):
        return _of_organisation(entry)
    published = entry.siblings().filter(state=State.PUBLISHED).first()
    return content_of(published) if published else None


def _of_organisation(change):
    """The organisation as it is, in the shape of a change of it; why it is asked for counts as new."""
    present = content_of(change.organisation)[ITSELF][ITSELF] | {"reason": ""}
    asked = content_of(change)[ITSELF][ITSELF]
    return {ITSELF: {ITSELF: {name: present.get(name, value) for name, value in asked.items()}}}


def _groups(entry, changes, comments):
    """Changes by kind and row, each with the remarks on it."""
    pinned = {}
    for thread in comments["threads"]:
        pinned.setdefault(thread.place, []).append(thread)
    groups = []
    for label, of_kind in groupby(changes, key=lambda change: change.kind_label):
        rows = [_row(entry, list(row), pinned) for _key, row in groupby(of_kind, key=lambda change: change.key)]
        groups.append(Group(label, rows))
    return groups


def _row(entry, changes, pinned):
    first = changes[0]
    items = [
        Item(change, _remark_url(entry, change), pinned.get((change.key, change.field), []))
        for change in changes
        if change.field and ((change.key, change.field) in pinned or not _is_heading(change))
    ]
    own = pinned.get((first.key, ""), []) if first.key else []
    return Row(first, items, comment_url(entry, first.key) if first.key else "", own)


def _is_heading(change):
    """What the heading of a new or a gone row already says."""
    return change.what != "changed" and change.row_label in {change.before, change.after} - {""}


def _remark_url(entry, change):
    return "" if change.field == ORDER else comment_url(entry, change.key, change.field)


def _not_shown(groups, threads):
    """Remarks on the entry as a whole, and on places that this view does not show."""
    shown = set()
    for group in groups:
        for row in group.rows:
            shown |= {id(thread) for thread in row.threads}
            shown |= {id(thread) for item in row.items for thread in item.threads}
    return [thread for thread in threads if id(thread) not in shown]


def _looking(entry, user):
    kind = ContentType.objects.get_for_model(entry)
    recent = timezone.now() - LOOKING_WITHIN
    looks = user.looks.model.objects.filter(content_type=kind, object_id=entry.pk, seen_at__gt=recent)
    return [look.user for look in looks.exclude(user=user).select_related("user")]


def _hands(entry, user):
    """Who has the entry in hand, and to whom it may go."""
    held = Assignment.objects.filter(content_type=ContentType.objects.get_for_model(entry), object_id=entry.pk)
    may_assign = can_assign(user, entry)
    return {
        "held": held.select_related("to", "by").first(),
        "may_assign": may_assign,
        "colleagues": colleagues(entry).exclude(pk=user.pk) if may_assign else [],
    }


def routing_of(entry):
    """Why this platform decides, in one sentence."""
    platform, usual = entry.reviewing_platform, entry.route()
    if platform is None:
        return _("No platform has been found for it yet.")
    if usual != platform:
        words = _("%(platform)s decides: it moved up from %(usual)s, where nobody was free to decide.")
        return words % {"platform": platform, "usual": usual}
    if isinstance(entry, PartnershipVersion) and entry.named_platforms.filter(platform=platform).exists():
        return _("%(platform)s decides: it is the first platform that the entry names.") % {"platform": platform}
    return _("%(platform)s decides: it covers the country.") % {"platform": platform}
