"""Two operators and all that they did together."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory.archived import archived_organisation
from directory.twin_pages import page_of, twins_of
from directory.views.profile import answer_gone
from operators.models import Organisation


@require_safe
def twins(request, one, other):
    """One address for the two, in the order of their names in addresses; what they did not do together is not there."""
    if one > other:
        return redirect("directory:twins", other, one, permanent=True)
    public = Organisation.objects.published().select_related("country")
    found = {organisation.slug: organisation for organisation in public.filter(slug__in=(one, other))}
    for slug in (one, other):
        if slug not in found:
            return answer_gone(request, archived_organisation(slug=slug))
    together = twins_of(found[one], found[other])
    if one == other or not together.versions:
        raise Http404
    return render(request, "directory/twins.html", page_of(together))
