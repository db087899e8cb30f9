"""The documents of organisations: what a search finds of those that are published."""

from django.db.models import Q

from operators.models import Organisation, OrganisationKind
from search.documents.places import Places, in_all_languages
from search.documents.texts import line
from vocabularies.languages import all_names
from vocabularies.search import folded

KIND = "organisation"
LINKS = ("former_names", "languages", "services", "needs__area", "strengths__area")


def everything():
    return Organisation.objects.published().order_by().values_list("pk", flat=True)


def named_by(marks):
    """Those that were marked or lie where a place was renamed; those that name a term."""
    yield from (int(pk) for pk in marks["organisation"])
    conditions = Q(country__in=marks["country"])
    conditions |= Q(needs__area__in=marks["term"]) | Q(strengths__area__in=marks["term"])
    for code in marks["area"]:
        conditions |= Q(country__area__lineage__contains=f"/{code}/")
    if marks["country"] or marks["area"] or marks["term"]:
        yield from Organisation.objects.published().filter(conditions).order_by().values_list("pk", flat=True)


def made(keys):
    """{primary key: data} of the published ones of ``keys``."""
    places = Places()
    found = Organisation.objects.published().filter(pk__in=keys).select_related("country__area")
    return {one.pk: _document(one, places) for one in found.prefetch_related(*LINKS)}


def _document(organisation, places):
    words = {
        4: [organisation.acronym, organisation.name],
        3: [name for former in organisation.former_names.all() for name in (former.name, former.acronym)],
        2: [*_place(organisation, places), *in_all_languages(OrganisationKind(organisation.kind).label)],
        1: [organisation.about, *_topics(organisation)],
    }
    return {
        "terms": {},
        "numbers": {"pk": organisation.pk},
        "amounts": {},
        "sorted": {"title": f"{folded(organisation.name)} {organisation.key}"},
        "words": {str(tier): line(texts) for tier, texts in words.items()},
    }


def _place(organisation, places):
    return [organisation.city, *(places.names(organisation.country) if organisation.country else ())]


def _topics(organisation):
    for row in (*organisation.needs.all(), *organisation.strengths.all()):
        yield from (*row.area.all_names(), row.description)
    yield from (name for row in organisation.languages.all() for name in all_names(row.language))
