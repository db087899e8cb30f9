"""What the columns mean and in which unit: from the models, and in full where a model is too brief."""

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from operators.models import Figure, Organisation
from partnerships.models import Involvement, PartnershipVersion, Payment, StoredFile, Target
from partnerships.models.base import ResultRow, TotalCost, Version
from reports.models import Report, ReportResult
from reviews.models import Row, UnansweredRow
from reviews.schema import type_of
from vocabularies.models import Country

MEANINGS = {
    (Row, "key"): _("Key of this row. It stays the same in every later version of the entry."),
    (Row, "position"): _("Place among the rows of the same kind, as the authors ordered them."),
    (Version, "number"): _("Number of the version of the entry that is public, counted from 1."),
    (Version, "language"): _("Language in which the entry is written, ISO 639-1."),
    (TotalCost, "cost_amount"): _("Total cost. Empty when it is not known, which is not the same as 0."),
    (TotalCost, "cost_kind"): _("Whether the total cost is what was spent, a budget or a goal."),
    (Involvement, "country"): _("Country of a partner that is not named, ISO 3166-1."),
    (Involvement, "organisation"): _("Organisation that takes part; empty for a partner that is not named."),
    (Payment, "involvement"): _("Who pays or gives it."),
    (ReportResult, "track_key"): _("Key of the improvement track of the partnership that the result belongs to."),
    (ResultRow, "baseline"): _("Value before the work began."),
    (UnansweredRow, "question"): _("Name of the column or table that the authors left empty."),
    (UnansweredRow, "reason"): _("Why they left it empty."),
    (Report, "period"): _("Period that the report covers: a year, half a year, a quarter, a month, final or unknown."),
    (Organisation, "latitude"): _("Latitude of its seat; empty when it is not known."),
    (Organisation, "longitude"): _("Longitude of its seat; empty when it is not known."),
    (Country, "latitude"): _("Latitude of a point on its land, for labels on maps."),
    (Country, "longitude"): _("Longitude of a point on its land, for labels on maps."),
}
"""Written out where the name of a field does not say enough."""

_beside = lazy(lambda column: gettext("in the column “%(column)s”") % {"column": column}, str)
UNITS = {
    (TotalCost, "cost_amount"): _beside("cost_currency"),
    (TotalCost, "cost_usd_rate"): "USD",
    (PartnershipVersion, "duration_months"): _("months"),
    (Payment, "amount"): _beside("currency"),
    (Payment, "share"): "%",
    (ResultRow, "baseline"): _beside("unit"),
    (ResultRow, "latest"): _beside("unit"),
    (ResultRow, "target"): _beside("unit"),
    (Target, "value"): _beside("unit"),
    (Figure, "value"): _beside("unit"),
    (StoredFile, "size"): _("bytes"),
    (Organisation, "latitude"): "°",
    (Organisation, "longitude"): "°",
    (Country, "latitude"): "°",
    (Country, "longitude"): "°",
}


def meaning_of(model, field):
    """The words of MEANINGS, else what its type says."""
    written = _of(MEANINGS, model, field.name)
    return type_of(field).meaning if written is None else written


def unit_of(model, name):
    return _of(UNITS, model, name) or ""


def _of(table, model, name):
    return next((words for (kind, field), words in table.items() if field == name and issubclass(model, kind)), None)
