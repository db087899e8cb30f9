"""The sections of a report's draft, answered as a browser does."""

from django.urls import reverse

from reports.forms.sections import QUESTIONNAIRE
from reports.models import ReportVersion
from tests.partnerships.answering import typed
from vocabularies.models import Term

SECTIONS = [section for section in QUESTIONNAIRE.sections if not section.address]


def term(name, code):
    return Term.objects.get(list=name, code=code)


def section_url(draft, code):
    return reverse("reports:section", args=[draft.pk, code])


def now(draft):
    return ReportVersion.objects.get(pk=draft.pk)


def send(client, draft, code, **changes):
    """Save a section with ``changes``; the answer."""
    url = section_url(draft, code)
    return client.post(url, typed(client, url, **changes))
