"""Fields that no export holds, each with its reason; every other field of every row is in all of them."""

from django.utils.translation import gettext_lazy as _

from operators.models import Figure, FormerName, Organisation
from partnerships.models import Partnership, PartnershipVersion, StoredFile
from partnerships.models.base import Version
from platforms.models import Platform, Programme
from reports.models import Report, ReportVersion
from reviews.models import Reviewable, Row
from vocabularies.models import Term

MACHINE = _("a number of the database; codes and keys stand for it")
WORKFLOW = _("for the workflow; only what is published is exported")
PERSON = _("a person's name is not public")
ADDRESS = _("part of the address, which is given in full")

LEFT_OUT = {
    **{(kind, "id"): MACHINE for kind in (Version, Row, Organisation, Figure, FormerName, Platform, Programme, Term)},
    **{(kind, "id"): MACHINE for kind in (Partnership, Report, StoredFile)},
    **{(Reviewable, name): WORKFLOW for name in ("state", "revision", "reviewing_platform", "created_at")},
    (Reviewable, "updated_at"): _("the moment of publication is given"),
    (Reviewable, "created_by"): PERSON,
    (Version, "search_text"): _("made of the other fields"),
    (Organisation, "search_text"): _("made of the other fields"),
    (PartnershipVersion, "partnership"): _("its reference is the first column"),
    (ReportVersion, "report"): _("its kind and period are columns"),
    (Report, "partnership"): _("its reference is the first column"),
    (Report, "created_at"): _("the moment of publication is given"),
    (Row, "version"): _("the reference of the partnership and, of a report, its key are the first columns"),
    (Partnership, "slug"): ADDRESS,
    (Partnership, "entered_by"): _("told by the wording of the confirmation"),
    (Partnership, "created_at"): _("the moment of publication is given"),
    (StoredFile, "file"): _("where the bytes lie is nobody's business; the address of the download is given"),
    (StoredFile, "uploaded_by"): PERSON,
    (StoredFile, "uploaded_at"): _("the moment of publication is given"),
    (Organisation, "slug"): ADDRESS,
    (Organisation, "logo"): _("a picture, which stands on the page"),
    (Figure, "created_at"): _("the year of the figure is given"),
    (Platform, "slug"): ADDRESS,
    (Platform, "revision"): WORKFLOW,
    (Programme, "slug"): ADDRESS,
}


def is_left_out(model, name):
    return any(issubclass(model, kind) and field == name for kind, field in LEFT_OUT)
