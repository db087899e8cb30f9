"""Which thing of the register a reader means, and which platform looks after it, from the address of a page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from operators.models import Organisation
from partnerships.models import PartnershipVersion
from platforms.models import Platform
from reports.models import ReportVersion


def thing_at(address):
    """(thing, platform) of the public page at ``address``; (None, None) for a page about no single thing."""
    path = urlsplit(address).path
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except Resolver404:
        return None, None
    found = FINDERS[match.view_name](match.kwargs) if match.view_name in FINDERS else None
    return found or (None, None)


def _partnership(given):
    version = PartnershipVersion.objects.published().filter(partnership__reference=given["reference"]).first()
    return version and (version.partnership, _platform_of(version))


def _report(given):
    version = ReportVersion.objects.published().filter(report=given["pk"]).first()
    return version and (version.report, _platform_of(version))


def _organisation(given):
    organisation = Organisation.objects.published().filter(slug=given["slug"]).first()
    return organisation and (organisation, _platform_of(organisation))


def _platform(given):
    platform = Platform.objects.filter(slug=given["slug"]).first()
    return platform and (platform, platform)


def _platform_of(entry):
    return entry.reviewing_platform or entry.route()


FINDERS = {
    "directory:partnership": _partnership,
    "directory:partnership-slug": _partnership,
    "directory:history": _partnership,
    "directory:version": _partnership,
    "directory:report": _report,
    "directory:report-history": _report,
    "directory:operator": _organisation,
    "directory:platform": _platform,
}
