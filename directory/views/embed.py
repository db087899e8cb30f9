"""A counter and a short list for other sites: the only page that they may frame."""

from csp.decorators import csp_replace
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from directory.absolute_urls import absolute
from directory.filters.partnerships import PartnershipFilter
from directory.query_strings import query_of, sentence, title_of
from directory.views.partnerships import problems, strict_problems
from directory.wording import entry_of
from partnerships.models import PartnershipVersion

LISTED = 5
MOST = 20
FRAME = '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>'
HEIGHT = 180
HEIGHT_OF_LINE = 76


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def partnerships(request):
    """The directory's question in small; ``?limit=`` (0 to 20) says how many are listed, 0 only counts."""
    filterset = PartnershipFilter(request.GET, PartnershipVersion.objects.published())
    limit, error = _limit(request.GET.get("limit", ""))
    wrong = strict_problems(request, filterset, "limit") + ([error] if error else [])
    found = filterset.qs.read_as(lambda versions: versions.with_years().for_list())[:limit] if not wrong else []
    query = query_of(filterset)
    context = {
        "problems": wrong,
        "sentence": _("No result") if wrong else sentence(filterset, filterset.qs.count()),
        "title": title_of(filterset),
        "entries": [entry_of(version) for version in found],
        "directory": reverse("directory:partnerships") + (f"?{query}" if query else ""),
    }
    return render(request, "directory/embed.html", context, status=400 if wrong else 200)


def _limit(text):
    """(how many, what is wrong with it)."""
    if not text:
        return LISTED, ""
    if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= MOST:
        return int(text), ""
    return 0, _("Write a number up to %(most)s for “limit”.") % {"most": MOST}


@require_safe
def how(request):
    """The line of HTML to copy, with the filters of the address."""
    filterset = PartnershipFilter(request.GET, PartnershipVersion.objects.published())
    query = query_of(filterset, ("view",))
    context = {
        "section": "about",
        "title": title_of(filterset),
        "frames": [(label, _frame(filterset, query, limit)) for label, limit in _sizes()],
        "problems": problems(request, filterset),
        "query": query,
    }
    if context["problems"]:
        context["canonical"] = ""
    return render(request, "directory/how_to_embed.html", context, status=400 if context["problems"] else 200)


def _sizes():
    return [(_("The number alone"), 0), (_("The number and a list of five"), LISTED)]


def _frame(filterset, query, limit):
    question = "&".join(part for part in (query, f"limit={limit}") if part)
    address = absolute(reverse("directory:embed")) + f"?{question}"
    title = f"{title_of(filterset)} · {_('WOP Portal')}"
    return {"address": address, "html": format_html(FRAME, address, title, HEIGHT + limit * HEIGHT_OF_LINE)}
