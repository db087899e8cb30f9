"""Readers report what is wrong on a public page; the secretariat answers."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from accounts.decorators import second_factor_required, sent_once
from desk.error_reports import thing_at
from desk.forms.errors import AnswerForm, ErrorReportForm
from desk.models import ErrorReport
from desk.permissions import serves_a_secretariat
from desk.services import close_error
from desk.services import report_error as take_report

TOO_MANY = 429


@require_http_methods(["GET", "POST"])
@sent_once
def report_error(request):
    """For everybody, with or without an account; ``page`` is the address that the reader comes from."""
    form = ErrorReportForm(request.POST or None, initial=_initial(request))
    if request.method == "GET" or not form.is_valid():
        return render(request, "desk/report_error.html", {"form": form})
    if not consume(request, action="report_error"):
        form.add_error(None, _("Many reports have come from your network. Your words are still here: try in an hour."))
        return render(request, "desk/report_error.html", {"form": form}, status=TOO_MANY)
    if not form.is_trapped:
        _take(request, form.cleaned_data)
    return redirect("desk:error-reported")


def _initial(request):
    email = request.user.email if request.user.is_authenticated else ""
    return {"address": request.GET.get("page", "")[:300], "email": email}


def _take(request, given):
    about, platform = thing_at(given["address"])
    by = request.user if request.user.is_authenticated else None
    take_report(
        address=given["address"], text=given["text"], email=given["email"], about=about, platform=platform, by=by
    )


@require_safe
def error_reported(request):
    """Thanks; a page of its own, so that going back sends nothing twice."""
    return render(request, "desk/error_reported.html")


@second_factor_required
@require_http_methods(["GET", "POST"])
def error(request, pk):
    """A reported error, with the answer to it or the form for one."""
    if not serves_a_secretariat(request.user):
        raise PermissionDenied
    seen = ErrorReport.objects.served_by(request.user).select_related("platform", "closed_by")
    report = get_object_or_404(seen, pk=pk)
    form = AnswerForm(autosaved_data(request))
    if request.method == "POST" and form.is_valid() and _close(request, report, form):
        discard_autosaved(request)
        return redirect("desk:queue")
    autosaved = autosaved_form(request) if request.method == "GET" else None
    return render(request, "desk/error.html", {"report": report, "form": form, "autosaved": autosaved, "area": "desk"})


def _close(request, report, form):
    try:
        close_error(report, by=request.user, answer=form.cleaned_data["answer"])
    except ValidationError as problem:
        form.add_error(None, problem)
        report.refresh_from_db()
        return False
    messages.success(request, _("Answered. The reader is told if they left an address."))
    return True
