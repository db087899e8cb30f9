"""Feeds for readers of news: the directory's question, answered as Atom."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from directory.feeds import Atom, last_change, partnership_feed, report_feed
from directory.filters.partnerships import PartnershipFilter
from directory.views.partnerships import strict_problems
from partnerships.models import PartnershipVersion


@require_safe
@conditional_page
def partnerships(request):
    """What was published of the WOPs that the directory would show; 400 with what is wrong with the question."""
    return _answer(request, partnership_feed)


@require_safe
@conditional_page
def reports(request):
    """The reports on these WOPs."""
    return _answer(request, report_feed)


def _answer(request, feed_of):
    filterset = PartnershipFilter(request.GET, PartnershipVersion.objects.published())
    if wrong := strict_problems(request, filterset):
        text = "\n".join(map(str, wrong))
        return HttpResponseBadRequest(f"{text}\n", content_type="text/plain; charset=utf-8")
    feed = feed_of(filterset)
    headers = {"Last-Modified": http_date(last_change().timestamp())}
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom.content_type, headers=headers)
