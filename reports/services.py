"""Reports are begun here, and begun anew; ``partnerships.services.save_draft`` writes them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.models import Partnership
from partnerships.services import save_draft
from partnerships.services.drafting import act_on_behalf, open_or_cloned
from reports.models import Kind, Report, ReportVersion
from reports.models.identity import FINAL, UNKNOWN, period_key
from reports.permissions import can_report_on
from reports.prefilling import taken_over
from reviews.snapshots import remember
from reviews.states import OPEN_STATES, State
from vocabularies.localised import active_language

ENDED = (State.DISCARDED, State.REJECTED)
"""A report of which nothing else is left may be begun again."""


def period_of(kind: str, period: str) -> str:
    """``period`` as it is kept; ValidationError by field where it is none, or not one for such a ``kind``."""
    period = period.strip().upper()
    if period.lower() in (FINAL, UNKNOWN):
        period = period.lower()
    if not period and kind == Kind.FINAL:
        return FINAL
    if not period or (period == FINAL and kind != Kind.FINAL):
        raise ValidationError({"period": _("Say which period, for example 2015 or 2015-H1.")})
    try:
        period_key(period)
    except ValidationError as error:
        raise ValidationError({"period": error}) from error
    return period


@transaction.atomic
def start_report(by: User, *, partnership: Partnership, kind: str, period: str, language: str = "") -> ReportVersion:
    """A new report with what is known already, in ``language`` or that of the page; returns its draft.

    Raises PermissionDenied, or ValidationError: ``exists`` when there is a report of this kind for this period
    (``reports_on`` finds it), ``archived``, or by field.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not can_report_on(by, locked):
        raise PermissionDenied(_("Only those who take part may report on this partnership."))
    _check_is_alive(locked)
    act_on_behalf(locked, by)
    period = period_of(kind, period)
    report = reports_on(locked, kind, period).first() or Report(partnership=locked, kind=kind, period=period)
    if report.pk and report.versions.exclude(state__in=ENDED).exists():
        raise ValidationError(_("There is already a report of this kind for this period."), code="exists")
    if not report.pk:
        report.full_clean()
        report.save()
    return _first_draft(report, by, language or active_language())


def reports_on(partnership: Partnership, kind: str, period: str) -> QuerySet[Report]:
    """The one report of this kind for this period, as a queryset."""
    return Report.objects.filter(partnership=partnership, kind=kind, period=period)


def _check_is_alive(partnership):
    if not partnership.versions.filter(state__in=[State.PUBLISHED, *OPEN_STATES]).exists():
        raise ValidationError(_("This partnership is not public and nobody is working on it."), code="archived")


def _first_draft(report, by, language):
    draft = ReportVersion(report=report, created_by=by, language=language)
    draft.full_clean()
    draft.save()
    fields, rows = taken_over(report, language)
    draft = save_draft(draft, by=by, revision=draft.revision, fields=fields, rows=rows)
    remember(draft, by=by)
    return draft


@transaction.atomic
def start_new_version(report: Report, *, by: User) -> ReportVersion:
    """The open version of ``report``; without one, a draft with the words of the published version."""
    locked = Report.objects.select_for_update().select_related("partnership").get(pk=report.pk)
    act_on_behalf(locked.partnership, by)
    return open_or_cloned(locked.versions, by)
