"""schema.org descriptions of what public pages show, as plain data for ``<script type="application/ld+json">``.

Made from what the page has fetched already: describing costs no query.
"""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.absolute_urls import absolute
from directory.downloads import DOWNLOADS
from directory.profile.citation import PORTAL
from directory.query_strings import query_of, title_of
from directory.wording import report_name, topics_of
from partnerships.mentor_mentee import pair_of
from partnerships.models import Status
from vocabularies import licence

CONTEXT = "https://schema.org"
PERIOD = re.compile(r"\d{4}(-\d{2})?")
"""Periods of reports that are dates as they stand."""


def of_home():
    home = absolute(reverse("directory:home"))
    search = absolute(reverse("directory:partnerships")) + "?q={search_term}"
    site = {
        "@type": "WebSite",
        "@id": f"{absolute('/')}#website",
        "name": PORTAL,
        "url": home,
        "inLanguage": get_language(),
        "publisher": {"@id": portal()["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term",
        },
    }
    about = {"description": _("Who helps whom among water operators, on what, and what came of it."), "url": home}
    return {"@context": CONTEXT, "@graph": [site, portal() | about]}


def of_directory(filterset):
    """The found set as a Dataset, with what it can be taken away as."""
    query = query_of(filterset)
    about = _(
        "Water operators who help each other, not for profit: who took part, what they worked on and what came of it."
    )
    return _described("Dataset", reverse("directory:partnerships") + (f"?{query}" if query else "")) | {
        "name": f"{PORTAL}: {title_of(filterset)}",
        "description": about,
        "creator": portal(),
        "isAccessibleForFree": True,
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "distribution": [_download(reverse(one.view_name), one.media_type, query) for one in DOWNLOADS],
        **_licence(),
    }


def of_organisation(organisation, former_names, languages=()):
    acronym = [organisation.acronym] if organisation.acronym != organisation.name else []
    address = {"@type": "PostalAddress", "addressCountry": organisation.country_id or ""}
    if organisation.city:
        address["addressLocality"] = organisation.city
    return _without_gaps(
        _described("Organization", reverse("directory:operator", args=[organisation.slug]))
        | {
            "name": organisation.name,
            "alternateName": [*filter(None, acronym), *(former.name for former in former_names)],
            "sameAs": organisation.website,
            "knowsLanguage": [row.language for row in languages],
            "address": address if organisation.country_id else None,
        }
    )


def of_platform(platform):
    parent = platform.parent
    above = parent and {
        "@type": "Organization",
        "name": parent.name,
        "url": absolute(reverse("directory:platform", args=[parent.slug])),
    }
    return _without_gaps(
        _described("Organization", reverse("directory:platform", args=[platform.slug]))
        | {
            "name": platform.name,
            "alternateName": platform.acronym if platform.acronym != platform.name else "",
            "sameAs": platform.website,
            "foundingDate": str(platform.established_on),
            "parentOrganization": above,
            "areaServed": [str(place) for place in (*platform.areas.all(), *platform.countries.all())],
        }
    )


def of_partnership(entry):
    """An Entry of ``directory.profile.public_entry``."""
    version = entry.version
    reports = [{"@type": "CreativeWork", **_named(report, report_name(report.report))} for report in entry.reports]
    return _without_gaps(
        _work(version, version.get_absolute_url())
        | {
            "identifier": version.partnership.reference,
            "name": version.title,
            "abstract": version.summary,
            "inLanguage": getattr(version.summary, "language", version.language),
            "keywords": topics_of(version),
            "temporalCoverage": _span(version),
            "contributor": [_role(end) for end in _ends(version)],
            "hasPart": reports,
        }
    )


def of_report(entry, report):
    """The ReportVersion ``report`` of an Entry."""
    wop, period = entry.version, report.report.period
    about = {"@type": "CreativeWork", "identifier": wop.partnership.reference, **_named(wop, wop.title)}
    return _without_gaps(
        _work(report, report.get_absolute_url(), "Report")
        | {
            "name": f"{wop.partnership.reference}: {report_name(report.report)}",
            "abstract": report.overall_results,
            "inLanguage": getattr(report.overall_results, "language", report.language),
            "temporalCoverage": period if PERIOD.fullmatch(period) else "",
            "about": about,
            "contributor": [_role(end) for end in _ends(wop)],
        }
    )


def portal():
    """Who publishes all of it."""
    return {"@type": "Organization", "@id": f"{absolute('/')}#organization", "name": PORTAL, "url": absolute("/")}


def _work(version, path, *more_types):
    """What a published version of a partnership and of a report have in common."""
    published = getattr(version, "published_at", None)
    return _described(["CreativeWork", *more_types] if more_types else "CreativeWork", path) | {
        "version": str(version.number),
        "datePublished": published.date().isoformat() if published else "",
        "publisher": portal(),
        "citation": [row.url or row.title for row in version.sources.all()],
        **_licence(),
    }


def _described(kind, path):
    return {"@context": CONTEXT, "@type": kind, "url": absolute(path)}


def _licence():
    """Nothing while none has been decided: readers must not take silence for a permission."""
    stated = licence.address() or settings.DATA_LICENCE
    return {"license": stated} if stated else {}


def _download(path, media_type, query):
    address = absolute(path) + (f"?{query}" if query else "")
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": address}


def _named(version, name):
    return {"name": name, "url": absolute(version.get_absolute_url())}


def _ends(version):
    pair = pair_of(version)
    return [*pair.left, *pair.right]


def _role(end):
    """An operator with the role that it had; one without a page is named as the entry names it."""
    operator = {"@type": "Organization", "name": end.full_name or end.name}
    if end.url:
        operator["url"] = absolute(end.url)
    return {"@type": "Role", "roleName": str(end.role_label), "contributor": operator}


def _span(version):
    """“2013/2015”, “2010/..” while under way; a date that is not known is left out."""
    start, end = str(version.starts_on), str(version.ends_on)
    if start and not end:
        return f"{start}/.." if version.status == Status.UNDER_WAY else start
    return f"{start or '..'}/{end}" if end else ""


def _without_gaps(data):
    return {name: value for name, value in data.items() if value not in ("", None, [])}
