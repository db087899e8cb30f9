"""What a secretariat has published: where it writes for operators without accounts, corrects and archives."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import second_factor_required
from desk.entry_types import entry_url
from desk.forms.register import RegisterFilter
from desk.permissions import serves_a_secretariat
from partnerships.models import Partnership, PartnershipVersion
from reviews.states import OPEN_STATES
from vocabularies.search import words_of

# The published WOPs of a secretariat, each with who writes it and what can be begun.


@dataclass(frozen=True)
class Line:
    """One public WOP. ``report_url`` and ``version_url`` are "" for who may not begin anything there."""

    version: PartnershipVersion
    writers: str
    url: str
    report_url: str = ""
    version_url: str = ""


def wops_for(user, *, q="", accounts=""):
    """Published versions of the platforms that ``user`` serves, by reference; ``is_unmanned``: nobody writes them."""
    unmanned = Partnership.objects.without_accounts().filter(pk=OuterRef("partnership"))
    begun = PartnershipVersion.objects.filter(partnership=OuterRef("partnership"), state__in=OPEN_STATES)
    wops = PartnershipVersion.objects.published().served_by(user)
    wops = wops.annotate(is_unmanned=Exists(unmanned), is_begun=Exists(begun))
    for word in words_of(q):
        wops = wops.filter(Q(search_text__contains=word) | Q(partnership__reference__icontains=word))
    if accounts:
        wops = wops.filter(is_unmanned=accounts == "none")
    return wops.select_related("partnership__entered_by", "reviewing_platform").order_by("partnership__reference")


def lines_of(versions, user):
    """The Lines of one page. What ``wops_for`` found and nobody writes, ``user`` may take up for the operators."""
    own = set(user.secretariats.values_list("platform", flat=True))
    return [_line(version, version.is_unmanned or version.partnership.entered_by_id in own) for version in versions]


def _line(version, may_begin):
    reference = version.partnership.reference
    if not may_begin:
        return Line(version, _writers(version), entry_url(version))
    anew = "" if version.is_begun else reverse("partnerships:new-version", args=[reference])
    return Line(version, _writers(version), entry_url(version), reverse("reports:new", args=[reference]), anew)


def _writers(version):
    if version.partnership.entered_by:
        return _("written by the secretariat of %(platform)s") % {"platform": version.partnership.entered_by}
    if version.is_unmanned:
        return _("nobody who takes part has an account")
    return _("written by its operators")


PER_PAGE = 25


@second_factor_required
@require_safe
def register(request):
    """Every public WOP of the platforms that the reader serves, found by words or by whether anybody has an account."""
    if not serves_a_secretariat(request.user):
        raise PermissionDenied
    form = RegisterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else None
    wops = wops_for(request.user, **chosen) if chosen is not None else []
    page = Paginator(wops, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "area": "desk",
        "form": form,
        "is_filtered": bool(chosen) and any(chosen.values()),
        "page_obj": page,
        "lines": lines_of(list(page), request.user),
    }
    return render(request, "desk/register.html", context)
