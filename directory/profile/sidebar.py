"""What stands beside the account of a partnership: files, words, sources, neighbours, how to cite it."""

from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.wording import report_name, worded
from partnerships.attachment_cards import card_of
from partnerships.models import MAIN_ROLES, Involvement, PartnershipVersion
from reviews.translations import told

PER_OPERATOR, AT_MOST = 3, 8  # neighbours to name, per operator and in all


def attachment_of(row, report=None):
    """As ``components/attachment.html`` shows it; ``report`` is the ReportVersion that it belongs to."""
    return card_of(row) | {
        "description": worded(row.description, row.version.language),
        "period": report_name(report.report) if report else "",
    }


def attachments_of(entry):
    own = [attachment_of(row) for row in entry.version.attachments.all()]
    return own + [attachment_of(row, report) for report in entry.reports for row in report.attachments.all()]


def quotations_of(version):
    """As ``components/quote.html`` shows them."""
    return [
        {
            "text": row.text,
            "language": row.language or version.language,
            "gist": getattr(row, "gist", ""),
            "speaker": row.speaker,
            "function": worded(row.function, version.language),
            "organisation": row.organisation.short_name if row.organisation else "",
            "source_label": row.source_title,
            "source_url": row.source_url,
            "has_consent": row.has_consent,
        }
        for row in version.quotations.all()
    ]


def sources_of(version):
    """As ``components/source.html`` shows them."""
    return [
        {
            "label": row.title or row.url,
            "url": row.url,
            "note": _("read on %(date)s") % {"date": row.accessed_on.localised()} if row.accessed_on else "",
        }
        for row in version.sources.all()
    ]


def related_of(version):
    """Earlier and later WOPs as the entry names them; linked where they are public."""
    return [
        {
            "relation": row.get_relation_display(),
            "reference": row.partnership.reference,
            "title": row.partnership.translated_title or row.partnership.public_title or "",
            "url": reverse("directory:partnership", args=[row.partnership.reference])
            if row.partnership.public_title is not None
            else "",
        }
        for row in version.related.all()
    ]


def neighbours_of(version):
    """A few other public WOPs of the same operators, each once: organisation, role, title, url."""
    own = {row.organisation_id for row in version.involvements.all() if row.organisation_id and row.role in MAIN_ROLES}
    versions = PartnershipVersion.objects.select_related("partnership").with_translations()
    rank = Window(RowNumber(), partition_by="organisation", order_by=F("version__partnership__reference").asc())
    rows = (
        Involvement.objects.main()
        .filter(organisation__in=own, version__in=PartnershipVersion.objects.published())
        .exclude(version__partnership=version.partnership_id)
        .select_related("organisation")
        .prefetch_related(Prefetch("version", versions))
        .annotate(rank=rank)
        .filter(rank__lte=PER_OPERATOR)
        .order_by("rank", "organisation", "pk")
    )
    once = {row.version_id: row for row in reversed(list(rows[: 2 * AT_MOST]))}
    return sorted((_neighbour(row) for row in list(once.values())[-AT_MOST:]), key=lambda one: one["url"])


def _neighbour(row):
    return {
        "organisation": row.organisation.short_name,
        "role": str(row.role_label).lower(),
        "title": told(row.version, "title"),
        "url": reverse("directory:partnership", args=[row.version.partnership.reference]),
    }
