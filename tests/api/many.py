"""Many published partnerships at once, past the workflow: for figures on time and memory."""

from uuid import uuid4

from django.contrib.contenttypes.models import ContentType

from operators.models import Organisation
from partnerships.models import Involvement, Partnership, PartnershipVersion, Source, Track
from reviews.models import ReviewEvent
from reviews.states import State
from vocabularies.models import ImprovementArea

TEXT = "A mentor helps a mentee to lose less water. " * 10


def many_partnerships(number, first=10_001):
    """``number`` published partnerships of two organisations, with the rows that most entries have."""
    mentor, mentee = _organisations()
    references = [Partnership.reference_of(first + place) for place in range(number)]
    wops = Partnership.objects.bulk_create(Partnership(reference=reference) for reference in references)
    versions = PartnershipVersion.objects.bulk_create(
        PartnershipVersion(partnership=wop, number=1, title=f"Title of {wop}", summary=TEXT, state=State.PUBLISHED)
        for wop in wops
    )
    kind = ContentType.objects.get_for_model(PartnershipVersion)
    events = {"content_type": kind, "action": "load", "to_state": State.PUBLISHED, "revision": 1}
    ReviewEvent.objects.bulk_create(ReviewEvent(object_id=version.pk, **events) for version in versions)
    Involvement.objects.bulk_create(
        Involvement(version=version, organisation=organisation, role=role, key=uuid4())
        for version in versions
        for organisation, role in ((mentor, "mentor"), (mentee, "mentee"))
    )
    area = ImprovementArea.objects.first()
    Track.objects.bulk_create(Track(version=version, area=area, description=TEXT) for version in versions)
    Source.objects.bulk_create(Source(version=version, title="A source") for version in versions)


def _organisations():
    made = {"country_id": "LC", "state": State.PUBLISHED}
    return [
        Organisation.objects.create(key=f"{name}-of-many", slug=f"{name}-of-many", name=f"The {name}", **made)
        for name in ("mentor", "mentee")
    ]
