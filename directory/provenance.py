"""Who stands behind an entry: confirmed by both sides, reported by one, compiled from public sources."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from partnerships.models import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES, Confirmation, Participant
from partnerships.services.confirmations import answers_to
from reviews.models import ReviewEvent


def confirmation_line(version, answers=None, *, naming=None):
    """The one public wording of who stands behind an entry; ``answers`` as ``answers_about`` found them.

    ``naming`` is the version that names both sides: for a report that of its WOP.
    """
    said = None if answers is None else {version.pk: answers}
    return provenances_of([version], said, naming={version.pk: naming or version})[version.pk].words


@dataclass(frozen=True)
class Provenance:
    """Who stands behind an entry: ``code`` for programs, the ``confirmation_line`` for people."""

    code: str
    words: str


PROVENANCES = ("difference", "both-sides", "reported", "public-sources")
"""The codes of a Provenance, the first that holds."""


def provenances_of(versions, said=None, naming=None):
    """{primary key: its Provenance} of ``versions``; ``said`` as ``answers_to`` found it.

    ``naming``: {primary key: the version that names both sides}, by default the versions themselves.
    """
    said = answers_to(versions) if said is None else said
    naming = naming or {version.pk: version for version in versions}
    found = {version.pk: _said_by_the_sides(naming[version.pk], said[version.pk]) for version in versions}
    reporters = reporters_of([version for version in versions if not found[version.pk]])
    return {pk: said or _reported_by(reporters.get(pk)) for pk, said in found.items()}


def said_about(model):
    """(what tells of a version that somebody submitted it, that somebody answered it), both to be asked in SQL."""
    about = {"content_type": ContentType.objects.get_for_model(model), "object_id": OuterRef("pk")}
    submitted = ReviewEvent.objects.filter(**about, action="submit").order_by()
    return Exists(submitted), Exists(Confirmation.objects.filter(**about).order_by())


def counted(total, *, reported, answered):
    """{code: how many} of ``total`` published partnerships: ``reported`` ones that nobody answered, and ``answered``.

    The latter, a queryset, are the few of whose words it must be asked who said what. Whatever is left was compiled.
    """
    found = Counter(one.code for one in provenances_of(list(answered.with_involved())).values())
    found["reported"] += reported
    found["public-sources"] += total - sum(found.values())
    return {code: found[code] for code in PROVENANCES}


def _said_by_the_sides(version, answers):
    differing = [row.organisation.short_name for row in answers if row.answer == Confirmation.Answer.DIFFERS]
    if differing:
        return Provenance("difference", _("%(names)s reports a difference") % {"names": ", ".join(differing)})
    if _confirmed_by_both_sides(version, {row.organisation_id for row in answers}):
        return Provenance("both-sides", _("confirmed by both sides"))
    return None


def _reported_by(name):
    if name:
        return Provenance("reported", _("reported by %(name)s") % {"name": name})
    return Provenance("public-sources", _("compiled from public sources"))


def differences_in(answers):
    """What organisations say that differs, as far as they let it be shown."""
    return [row for row in answers if row.answer == Confirmation.Answer.DIFFERS and row.may_be_shown and row.text]


def _confirmed_by_both_sides(version, confirmed):
    """At least one organisation of each side; where nobody mentors, all of them."""
    rows = [row for row in version.involvements.all() if row.organisation_id]
    left, right, equals = (
        {row.organisation_id for row in rows if row.role in roles} for roles in (LEFT_ROLES, RIGHT_ROLES, EQUAL_ROLES)
    )
    if left and right:
        return bool(left & confirmed and right & confirmed)
    return bool(equals) and equals <= confirmed


def reporters_of(versions):
    """{primary key: who submitted the published words} of those of ``versions``, all of one model, that were submitted.

    An operator or a secretariat; those that were loaded have none.
    """
    submitters = _submitters_of(versions)
    wops = {version.pk: version.wop() for version in versions if version.pk in submitters}
    members = _participants_of({wop.pk for wop in wops.values()}, set(submitters.values()))
    return {
        pk: members.get((wop.pk, submitters[pk])) or (str(wop.entered_by) if wop.entered_by_id else _("a partner"))
        for pk, wop in wops.items()
    }


def _submitters_of(versions):
    """{primary key: that of the person who submitted it last, None for one who has left}."""
    if not versions:
        return {}
    kind = ContentType.objects.get_for_model(versions[0])
    events = ReviewEvent.objects.filter(content_type=kind, object_id__in=[one.pk for one in versions], action="submit")
    return dict(events.order_by("created_at", "pk").values_list("object_id", "by"))


def _participants_of(wops, people):
    """{(partnership, person): the name of the first organisation that takes part and that the person belongs to}."""
    if not people - {None}:
        return {}
    rows = Participant.objects.filter(partnership__in=wops, organisation__members__user__in=people - {None})
    rows = rows.annotate(person=F("organisation__members__user")).select_related("organisation").order_by("-pk")
    return {(row.partnership_id, row.person): row.organisation.short_name for row in rows}
