"""The translations of a report's draft."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.views.translations import first_page_of, show_translations
from reports.forms.sections import QUESTIONNAIRE
from reports.models import ReportVersion


@login_required
@require_safe
def translations(request, pk):
    return redirect(first_page_of(_version(request, pk)))


@login_required
@require_http_methods(["GET", "POST"])
def translation(request, pk, language):
    return show_translations(request, _version(request, pk), QUESTIONNAIRE, language)


def _version(request, pk):
    versions = ReportVersion.objects.visible_to(request.user).select_related("report__partnership__entered_by")
    return get_object_or_404(versions, pk=pk)
