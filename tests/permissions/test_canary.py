"""What is not public is never told to anonymous readers: in no page, header, file, count or search."""

from collections import deque
from html import unescape
from io import BytesIO
from re import findall
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.db.models import CharField, TextField, URLField
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts.autosave import autosave_input
from operators import services as operators
from partnerships.models import Confirmation, PartnershipAttachment
from reports.models import ReportVersion
from reviews.cloning import clone, row_models
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from tests.permissions.addresses import ADDRESSES
from tests.permissions.programs import READING
from tests.permissions.world import World
from vocabularies.models import Country
from vocabularies.partial_dates import PartialDateField

SECRET = "zqcanary"
"""In every private text. Searches ask for ``SOUGHT``, which stands beside it, since a page repeats the question."""
SOUGHT = "zqsought"
WORDS = f"{SECRET} {SOUGHT}"
MOST_PAGES = 250
PAGES = ("directory:", "file@", "robots", "sitemap")
PUBLIC = [*(name for name in ADDRESSES if name.startswith(PAGES) and "preview" not in name), *READING]
PACKED = b"PK\x03\x04"
"""What a ZIP begins with; an XLSX is one."""


def poison(queryset):
    """Write the secret into every free text of these rows, past all checks."""
    texts = {
        field.name: f"https://{SECRET}.example/" if isinstance(field, URLField) else WORDS[: field.max_length or 99]
        for field in queryset.model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not isinstance(field, PartialDateField)
        and not field.choices
        and not field.unique
        and (field.max_length or 99) >= len(SECRET)
        and field.name not in {"search_text", "state", "question", "field", "source_fingerprint"}
    }
    queryset.update(**texts)


def poison_version(version):
    poison(type(version)._base_manager.filter(pk=version.pk))
    for kind in row_models(type(version)):
        poison(kind._base_manager.filter(version=version))
    version.refresh_from_db()
    if hasattr(version, "refresh_search"):
        version.refresh_search()


def crawl(client):
    """{address: answer} of all pages that links lead to, questions with more than one parameter left out."""
    seen, waiting = {}, deque(["/en/", "/es/partnerships/", "/fr/operators/", "/pt/platforms/"])
    waiting.extend([f"/en/partnerships/?q={SOUGHT}", f"/en/operators/?q={SOUGHT}", "/en/partnerships/?view=table"])
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        if address in seen:
            continue
        seen[address] = answer = client.get(address)
        if "html" in answer.headers.get("Content-Type", ""):
            waiting.extend(_links(answer.content.decode(), address))
    return seen


def _links(page, address):
    for link in findall(r'href="([^"]+)"', page):
        parts = urlsplit(unescape(link))
        path = parts.path or urlsplit(address).path
        is_ours = not parts.netloc and path.startswith(("/en/", "/es/", "/fr/", "/pt/", "/files/"))
        if is_ours and "accounts/" not in path and parts.query.count("=") < 2:
            yield f"{path}?{parts.query}" if parts.query else path


def told(answer):
    """Whether the secret stands in the answer, its headers included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(PACKED):
        packed = ZipFile(BytesIO(body))
        body = b"".join(packed.read(name) for name in packed.namelist())
    return SECRET.encode() in body or SECRET in str(answer.headers)


def telling(addresses):
    """Those of ``addresses`` that tell the secret."""
    client = Client(raise_request_exception=False)
    return {address for address in addresses if told(client.get(address))}


def leaks(addresses):
    """The same, and whichever page tells it that links lead to."""
    answers = crawl(Client(raise_request_exception=False))
    assert len(answers) > 60
    told_by_pages = {address for address, answer in answers.items() if told(answer)}
    return sorted(told_by_pages | telling(set(addresses) - set(answers)))


@pytest.fixture
def world(db, settings, tmp_path):
    """One for each test: they write in it."""
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.fixture
def secrets(world):
    """The World with the secret in everything that is not public."""
    full, full_report = everything()
    author = world.users["author"]
    drafts = [clone(full, by=author), clone(full_report, by=author), world.draft, world.submitted, world.report_draft]
    for version in drafts:
        poison_version(version)
    partner = operators.add_partner(
        by=author, name=WORDS, acronym=SECRET, kind="operator", country=Country.objects.get(pk="LC")
    )
    factories.InvolvementFactory(version=world.draft, organisation=partner, role="mentee", position=9)
    for thing in (
        world.registration,
        world.change,
        world.comment,
        world.preview,
        world.error,
        world.request,
        world.mail,
        world.contact,
        world.platform_contact,
    ):
        poison(type(thing)._base_manager.filter(pk=thing.pk))
    world.registration.refresh_from_db()
    world.registration.refresh_search()
    for person in world.users.values():
        if person:
            type(person).objects.filter(pk=person.pk).update(name=WORDS)
    autosave_input(user=author, address="/workspace/x/", querydict=QueryDict(f"title={SECRET}"))
    Confirmation.objects.create(
        entry=world.public,
        organisation=world.mentee,
        fingerprint="0" * 64,
        answer=Confirmation.Answer.DIFFERS,
        text=WORDS,
        may_be_shown=False,
    )
    file = world.private_file
    type(file).objects.filter(pk=file.pk).update(name=f"{SECRET}.txt")
    perform(world.submitted, "request_changes", by=world.users["reviewer"], comment=WORDS)
    return world


def addresses_of(world):
    return [reverse(name.partition("@")[0], args=ADDRESSES[name](world)) for name in PUBLIC]


def test_the_secret_stands_where_it_should_not_be_seen(secrets):
    client = Client()
    client.force_login(secrets.users["author"])
    page = client.get(reverse("desk:entry", args=["partnership", secrets.draft.pk]))
    assert told(page)


def test_nothing_private_is_found_on_any_public_page(secrets):
    assert leaks(addresses_of(secrets)) == []


def test_a_search_for_private_words_finds_nothing(secrets):
    for name in ("partnerships", "operators"):
        page = Client().get(reverse(f"directory:{name}"), {"q": SOUGHT})
        assert page.context["page_obj"].paginator.count == 0
    for name in ("partnerships", "organisations", "reports"):
        assert Client().get(reverse(f"api:{name}"), {"q": SOUGHT}).json()["count"] == 0
    for kind in ("csv", "jsonl", "geojson"):
        assert Client().get(reverse(f"api:partnerships-{kind}"), {"q": SOUGHT})["X-Total-Count"] == "0"


def test_what_was_public_and_is_archived_is_gone_everywhere(world):
    version = factories.published_version()
    report = factories.published_report(partnership=version.partnership)
    for entry in (version, report):
        poison_version(entry)
    PartnershipAttachment.objects.create(version=version, description=WORDS, stored_file=world.private_file)
    address = reverse("directory:partnership", args=[version.partnership.reference])
    own = [address, f"{address}history/", reverse("directory:report", args=[report.report_id])]
    own.append(reverse("file", args=[world.private_file.pk, "private.txt"]))
    taken = [reverse(f"api:partnerships-{kind}") for kind in ("csv", "xlsx", "zip", "jsonl", "geojson", "iati-missing")]
    taken += [reverse(f"api:{name}") for name in ("partnerships", "reports")]
    taken += [reverse("directory:partnership-feed"), reverse("directory:report-feed")]
    assert telling(own + taken) == {*own[:-1], *taken}
    embedded = reverse("directory:embed")  # names both sides and nothing that anybody types
    assert version.partnership.reference in Client().get(embedded).content.decode()
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    perform(version, "archive", by=reviewer, comment="Entered twice.")
    assert leaks(own + taken) == []
    client = Client()
    assert version.partnership.reference not in client.get(embedded).content.decode()
    assert [client.get(one).status_code for one in own] == [410, 410, 410, 404]
    assert not ReportVersion.objects.published().filter(pk=report.pk).exists()


LINKS = {"operators:contact-link@valid", "platforms:contact-link@valid"}
"""Pages behind the link of a mail: whoever has it is the contact."""
OWN_CONTACTS = {
    "author": {"operators:contacts", "operators:contact"},
    "counterpart": set(),
    "named": set(),
    "reviewer": {"platforms:contacts", "platforms:contact"},
    "outsider": set(),
}


@pytest.mark.parametrize("role", OWN_CONTACTS)
def test_contacts_are_told_to_their_own_people_alone(world, role):
    for contact in (world.contact, world.platform_contact):
        poison(type(contact)._base_manager.filter(pk=contact.pk))
    client = Client(raise_request_exception=False)
    client.force_login(world.users[role])
    telling = {
        name for name in ADDRESSES if told(client.get(reverse(name.partition("@")[0], args=ADDRESSES[name](world))))
    }
    assert telling == OWN_CONTACTS[role] | LINKS
