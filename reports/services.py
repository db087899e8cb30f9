"""Reports are begun here, and begun anew; ``partnerships.services.save_draft`` writes them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.services import save_draft
from partnerships.services.drafting import open_or_cloned
from reports.models import Report, ReportVersion
from reports.permissions import can_report_on
from reports.prefilling import taken_over
from reviews.snapshots import remember
from reviews.states import OPEN_STATES, State

ENDED = (State.DISCARDED, State.REJECTED)
"""A report of which nothing else is left may be begun again."""


@transaction.atomic
def start_report(by, *, partnership, kind, period):
    """A new report with what is known already; returns its draft.

    Raises PermissionDenied, or ValidationError: ``exists`` when there is a report of this kind for this period
    (``reports_on`` finds it), ``archived``, or by field.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not can_report_on(by, locked):
        raise PermissionDenied(_("Only those who take part may report on this partnership."))
    _check_is_alive(locked)
    report = reports_on(locked, kind, period).first() or Report(partnership=locked, kind=kind, period=period)
    if report.pk and report.versions.exclude(state__in=ENDED).exists():
        raise ValidationError(_("There is already a report of this kind for this period."), code="exists")
    if not report.pk:
        report.full_clean()
        report.save()
    return _first_draft(report, by)


def reports_on(partnership, kind, period):
    """The one report of this kind for this period, as a queryset."""
    return Report.objects.filter(partnership=partnership, kind=kind, period=period)


def _check_is_alive(partnership):
    if not partnership.versions.filter(state__in=[State.PUBLISHED, *OPEN_STATES]).exists():
        raise ValidationError(_("This partnership is not public and nobody is working on it."), code="archived")


def _first_draft(report, by):
    draft = ReportVersion(report=report, created_by=by)
    draft.full_clean()
    draft.save()
    fields, rows = taken_over(report)
    draft = save_draft(draft, by=by, revision=draft.revision, fields=fields, rows=rows)
    remember(draft, by=by)
    return draft


@transaction.atomic
def start_new_version(report, *, by):
    """The open version of ``report``; without one, a draft with the words of the published version."""
    locked = Report.objects.select_for_update().get(pk=report.pk)
    return open_or_cloned(locked.versions, by)
