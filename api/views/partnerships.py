"""Partnerships as everybody may read them."""

from django.utils.translation import gettext_lazy as _

from api.prefetching import complete, listed, modified_at, prepared
from api.serializers.partnerships import Partnership
from api.serializers.versions import PartnershipVersion as PublicVersion
from api.views.read_only import reading_list, reading_one, refuse
from directory.archived import archived_partnership
from directory.filters.partnerships import PartnershipFilter
from directory.profile.public_entry import public_entry, public_version
from partnerships.models import PartnershipVersion

OF_THE_PRESENT = ("reports", "report_count")
"""What stands beside an entry today; earlier versions do not say what stood beside them."""


@reading_list(
    Partnership,
    name="partnerships_list",
    summary=_("Published partnerships"),
    about=_(
        "The same filters and the same set as the page “Where are WOPs happening?”. Repeated names are OR, different "
        "names AND."
    ),
    filters=PartnershipFilter,
)
def partnerships(question):
    """The same filters and the same set as the page “Where are WOPs happening?”."""
    asked = (question.shown, question.expand)
    found = question.found(PartnershipVersion.objects.published())
    return listed(question.page(found.read_as(lambda versions: prepared(versions, *asked))), *asked)


@reading_one(
    Partnership,
    name="partnerships_read",
    summary=_("One partnership"),
    about=_("All that its page shows."),
    modified=modified_at,
    can_be_gone=True,
)
def partnership(question, reference):
    """All that its page shows."""
    entry = public_entry(reference)
    if entry is None:
        refuse(archived_partnership(reference))
    return complete([entry], question.shown)[0]


@reading_list(
    PublicVersion,
    name="partnerships_versions_list",
    summary=_("The public versions of a partnership"),
    about=_("The newest first; the first one is what is public today."),
    can_be_gone=True,
)
def versions(question, reference):
    """The newest first; the first one is what is public today."""
    found = PartnershipVersion.objects.visible_history().filter(partnership__reference=reference)
    if not found.exists():
        refuse(archived_partnership(reference))
    return question.page(question.found(found.with_published_at().select_related("partnership").order_by("-number")))


@reading_one(
    Partnership,
    name="partnerships_versions_read",
    summary=_("One version of a partnership"),
    about=_("As it read while it was public: the stable address to cite. Without reports."),
    modified=modified_at,
    without=OF_THE_PRESENT,
    can_be_gone=True,
)
def version(question, reference, number):
    """As it read while it was public: the stable address to cite. Without reports."""
    entry = public_version(reference, number)
    if entry is None:
        refuse(archived_partnership(reference))
    return complete([entry], question.shown)[0]
