"""What a person is working on, and what waits for their decision."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions

from accounts.permissions import has_needed_factor
from api.conditional_requests import tag_of
from api.entry_types import ENTRY_TYPES, entry_type_of
from api.openapi.operations import told
from api.openapi.parameters import PAGE, PAGE_SIZE
from api.pagination import Pages
from api.permissions import within_reach
from api.serializers.writing.status import EntryPage, WaitingPage
from api.status import next_steps, status_of
from api.views.base import ScopedView
from desk.entry_types import ENTRY_TYPES as DESK_KINDS
from desk.forms.queue import MINE, NOBODYS, QueueFilter
from desk.forms.queue import STATES as DESK_STATES
from desk.permissions import serves_a_secretariat
from desk.queue import lines_of, places_for
from directory.absolute_urls import absolute
from directory.filters.base import NOT_A_CHOICE
from reviews.services import actors_of
from reviews.states import OPEN_STATES

STATES = [str(state) for state in OPEN_STATES]
CODES = [kind.code for kind in ENTRY_TYPES.values()]


@told(
    get={"name": "drafts_list", "summary": _("What you are working on"), "answer": EntryPage,
         "parameters": [
             OpenApiParameter("state", str, enum=STATES, description=_("Only in this state.")),
             OpenApiParameter("kind", str, enum=CODES, description=_("Only of this kind.")), PAGE, PAGE_SIZE]},
)  # fmt: skip
class Drafts(ScopedView):
    def get(self, request):
        """Open versions of partnerships and reports that you may open, those changed last first."""
        state, code = _one_of(request, "state", STATES), _one_of(request, "kind", CODES)
        check_names(request, ("state", "kind"))
        places = []
        for kind in ENTRY_TYPES.values():
            if code in ("", kind.code):
                found = kind.versions(request).filter(state__in=[state] if state else OPEN_STATES)
                places += [(changed, kind, pk) for changed, pk in found.order_by().values_list("updated_at", "pk")]
        places.sort(key=lambda place: (place[0], place[1].code, place[2]), reverse=True)
        pages = Pages()
        shown = pages.paginate_queryset(places, request)
        return pages.get_paginated_response(self.lines_of(shown))

    def lines_of(self, places):
        entries = {}
        for kind in ENTRY_TYPES.values():
            found = kind.model.objects.filter(pk__in=[pk for _at, one, pk in places if one is kind])
            entries |= {(kind, version.pk): version for version in found.select_related(*kind.related)}
        found = [entries[kind, pk] for _at, kind, pk in places]
        actors = actors_of(found, self.request.user)
        return [self.line(version, actors[type(version), version.pk]) for version in found]

    def line(self, version, actors):
        facts = status_of(version, self.request, actors)
        names = ("reference", "version", "state", "etag", "updated_at", "url", "api_url", "next_steps")
        entry = {"entry": entry_type_of(version).code, "title": version.title, "report": facts.get("report")}
        return entry | {name: facts[name] for name in names}


@told(
    get={"name": "queue_list", "summary": _("What waits for your decision"), "answer": WaitingPage,
         "parameters": [
             OpenApiParameter("kind", str, enum=list(DESK_KINDS), description=_("Only of this kind.")),
             OpenApiParameter("platform", int, description=_("Only of this platform of yours, by its number.")),
             OpenApiParameter("state", str, enum=[str(state) for state in DESK_STATES],
                              description=_("Without it, what is submitted and waits.")),
             OpenApiParameter("q", str, description=_("Words that stand in it.")),
             OpenApiParameter("assigned", str, enum=[MINE, NOBODYS], description=_("In whose hands.")),
             PAGE, PAGE_SIZE]},
)  # fmt: skip
class Queue(ScopedView):
    def get(self, request):
        """What your secretariats were given, by default what waits, the oldest first: the lists of the desk."""
        if not serves_a_secretariat(request.user) or not has_needed_factor(request.user):
            raise PermissionDenied
        check_names(request, QueueFilter.base_fields)
        form = QueueFilter(request.query_params, user=request.user)
        if not form.is_valid():
            raise exceptions.ValidationError(form.errors)
        pages = Pages()
        page = pages.paginate_queryset(self.within_reach(places_for(request.user, **form.cleaned_data)), request)
        lines = lines_of(page, request.user)
        actors = actors_of([line.entry for line in lines if type(line.entry) in ENTRY_TYPES], request.user)
        return pages.get_paginated_response([self.line(line, actors) for line in lines])

    def within_reach(self, places):
        """Those that the token reaches; registrations belong to no WOP, so that a narrow token reaches none."""
        token = self.request.auth
        if token is None or not (token.organisation_id or token.platform_id):
            return places
        reached = set()
        for kind in ENTRY_TYPES.values():
            keys = [place.pk for place in places if place.code == kind.code]
            found = within_reach(self.request, kind.model.objects.filter(pk__in=keys))
            reached |= {(kind.code, pk) for pk in found.values_list("pk", flat=True)}
        return [place for place in places if (place.code, place.pk) in reached]

    def line(self, line, actors):
        entry = line.entry
        kind = ENTRY_TYPES.get(type(entry))
        mine = actors.get((type(entry), entry.pk), set())
        return {
            "entry": line.kind.code,
            "title": str(entry),
            "reference": line.reference,
            "state": {"code": str(entry.state), "label": str(entry.get_state_display())},
            "waiting_since": line.since,
            "is_overdue": line.is_overdue,
            "submitted_by": str(line.by) if line.by and line.is_waiting else None,
            "in_hands_of": str(line.in_hands_of) if line.in_hands_of else None,
            "conflict": str(line.conflict),
            "confirmed": line.confirmed,
            "differing": line.differing,
            "etag": tag_of(entry) if kind else None,
            "url": absolute(line.url),
            "api_url": kind.url("draft", entry) if kind else None,
            "next_steps": next_steps(entry, self.request, mine) if kind else [],
        }


def _one_of(request, name, possible):
    given = request.query_params.get(name, "")
    if given and given not in possible:
        words = NOT_A_CHOICE % {"value": given, "possible": ", ".join(possible)}
        raise exceptions.ValidationError({name: [words]})
    return given


def check_names(request, known):
    """A parameter that is not known is told, and not passed over."""
    possible = [*known, "page", "page_size"]
    errors = {name: [NOT_A_CHOICE % {"value": name, "possible": ", ".join(possible)}]
              for name in request.query_params if name not in possible}  # fmt: skip
    if errors:
        raise exceptions.ValidationError(errors)
