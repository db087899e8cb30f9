"""A report is begun, written section by section, and checked before it is submitted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.autosave import autosaved_form, discard_autosaved
from accounts.decorators import sent_once
from partnerships.drafting import pages
from partnerships.forms.new import words_for
from partnerships.models import Partnership
from reports.disagreements import differences
from reports.forms.new import StartForm
from reports.forms.sections import QUESTIONNAIRE
from reports.models import Report, ReportVersion
from reports.permissions import can_report_on
from reports.prefilling import previous_report, public_version_of, still_as_taken_over
from reports.services import reports_on, start_new_version, start_report


@login_required
@require_http_methods(["GET", "POST"])
@sent_once
def new(request, reference):
    partnership = get_object_or_404(Partnership.objects.known_to(request.user), reference=reference)
    if not can_report_on(request.user, partnership):
        raise PermissionDenied(_("Only those who take part may report on this partnership."))
    form = StartForm(words_for(request))
    context = {"form": form, "partnership": partnership, "version": public_version_of(partnership)}
    if request.method == "POST" and form.is_valid():
        draft = _begun(form, partnership, request.user, context)
        if draft is not None:
            discard_autosaved(request)
            messages.success(request, _("The draft is begun. What was known already is filled in: please check it."))
            return redirect("reports:draft", draft.pk)
    context["autosaved"] = autosaved_form(request) if request.method == "GET" else None
    return render(request, "reports/new.html", context)


def _begun(form, partnership, by, context):
    """The draft; None with the reason in the form, and the report that stands in its way in ``context``."""
    chosen = form.cleaned_data
    try:
        return start_report(by, partnership=partnership, **chosen)
    except ValidationError as error:
        if getattr(error, "code", "") == "exists":
            report = reports_on(partnership, chosen["kind"], chosen["period"]).get()
            context["existing"] = report.versions.order_by("-number").first()
            form.add_error("period", error)
        else:
            form.add_error(None, error)
        return None


@login_required
@require_safe
def draft(request, pk):
    version = _version(request, pk)
    return pages.tasks(request, version, QUESTIONNAIRE, template="reports/draft.html", more=_origin(version))


@login_required
@require_http_methods(["GET", "POST"])
def section(request, pk, section):
    version = _version(request, pk)
    asked = QUESTIONNAIRE.section(section)
    more = _origin(version) | {"taken_over": still_as_taken_over(version, asked) if asked else []}
    return pages.section(request, version, QUESTIONNAIRE, section, template="reports/section.html", more=more)


@login_required
@require_safe
def check(request, pk):
    version = _version(request, pk)
    wop = public_version_of(version.report.partnership)
    more = _origin(version) | {"differences": differences(version, wop) if wop else []}
    return pages.check(request, version, QUESTIONNAIRE, template="reports/check.html", more=more)


@login_required
@require_POST
def new_version(request, pk):
    report = get_object_or_404(Report.objects.known_to(request.user), pk=pk)
    try:
        version = start_new_version(report, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("directory:report", pk)
    return redirect("reports:draft", version.pk)


def _version(request, pk):
    versions = ReportVersion.objects.visible_to(request.user).select_related("report__partnership__entered_by")
    return get_object_or_404(versions, pk=pk)


def _origin(version):
    """Where the first words of a report come from."""
    is_first = version.number == 1
    return {
        "report": version.report,
        "wop": public_version_of(version.report.partnership) if is_first else None,
        "before": previous_report(version.report) if is_first else None,
    }
