"""The people who work in the portal of the browser tests, and what lies on their tables. All made up.

``manage.py shell -c "from tests.browser.cast import engage; engage()"`` brings them in and prints, as JSON, what
the addresses of tests/browser/own_pages.py have between braces.
"""

import json
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.services import confirm_email
from api.services import make_token
from desk.services import add_comment, report_error
from directory.filters.partnerships import PartnershipFilter
from directory.services import save_filter
from exports.build import make
from exports.models import ExportJob
from notices.models import OutgoingMail
from operators.models import Organisation, OrganisationMember
from operators.services import ask_to_join, invite, register_organisation, request_change
from operators.services.contacts import CONTACTS
from partnerships.models import Partnership, PartnershipVersion
from partnerships.services import save_draft, start_partnership
from partnerships.services.files import attach, store_file
from platforms.models import Platform, SecretariatMember
from platforms.services import invite as invite_to_secretariat
from platforms.services.contacts import CONTACTS as PLATFORM_CONTACTS
from reports.services import start_report
from reviews.services import make_preview
from reviews.workflow import perform
from tests import sample_files
from vocabularies.models import Country
from webhooks.models import Delivery, Event, Webhook

PASSWORD = "correct horse battery staple"
SICSM, WASCO = "author@sicsm.example", "partner@wasco.example"
CARI_WOP, GWOPA = "reviewer@cari-wop.example", "reviewer@gwopa.example"
NEWCOMER, STRANGER = "newcomer@utility.example", "stranger@nowhere.example"
"""The newcomer waits for answers; the stranger has nothing yet."""


@transaction.atomic
def engage():
    people = {email: _person(email) for email in (SICSM, WASCO, CARI_WOP, GWOPA, NEWCOMER, STRANGER)}
    _member(people[SICSM], "sicsm")
    _member(people[WASCO], "wasco-lc")
    _secretariat(people[CARI_WOP], "cari-wop")
    _secretariat(people[GWOPA], "gwopa")
    tables = (_drafts, _reports, _requests, _contacts, _sign_in, _taken_away, _told)
    print(json.dumps({name: value for lay in tables for name, value in lay(people).items()}))


def _person(email):
    name = email.split("@")[0].capitalize() + " of " + email.split("@")[1].removesuffix(".example")
    user = User.objects.create_user(email, PASSWORD, name=name)
    confirm_email(user=user)
    return user


def _member(user, key):
    role = OrganisationMember.Role.MANAGER
    OrganisationMember.objects.create(user=user, organisation=Organisation.objects.get(key=key), role=role)


def _secretariat(user, key):
    role = SecretariatMember.Role.COORDINATOR
    SecretariatMember.objects.create(user=user, platform=Platform.objects.get(key=key), role=role)


def _drafts(people):
    """A partnership that somebody has begun, with a file."""
    author = people[SICSM]
    draft = start_partnership(
        author, organisation=author.organisations.get().organisation, title="A draft", role="mentor"
    )
    draft = _with_file(draft, author)
    return {"partnership": draft.pk, "file": str(draft.attachments.get().key)}


def _with_file(version, by):
    stored = store_file(SimpleUploadedFile("slides.pdf", sample_files.of_kind("pdf")), by=by)
    return attach(version, by=by, revision=version.revision, stored=stored, description="Slides", language="en")


def _reports(people):
    """One report that is begun, one that waits for its reviewer, one that is sent back with a remark."""
    author, reviewer = people[SICSM], people[CARI_WOP]
    waiting, returned = (_submitted(author, year) for year in ("1991", "1992"))
    add_comment(returned, by=reviewer, text="Who counted?", field="activities_description")
    perform(returned, "request_changes", by=reviewer, comment="Say who counted.")
    _link, token = make_preview(waiting, by=author, note="Somebody outside")
    return {
        "report": _begun(author, "1990").pk,
        "waiting": waiting.pk,
        "returned": returned.pk,
        "preview": token,
    }


def _begun(author, year):
    wop = Partnership.objects.get(reference="WOP-0001")
    return start_report(author, partnership=wop, kind="periodic", period=year)


def _submitted(author, year):
    draft = _with_file(_begun(author, year), author)
    fields = {"formal_agreement": "yes", "activities_description": "Nine wells were looked at."}
    draft = save_draft(draft, by=author, revision=draft.revision, fields=fields, rows={"results": []})
    return perform(draft, "submit", by=author)


def _requests(people):
    """What else waits: a registration, a wish to join, a new name, invitations, a reported error."""
    manager, coordinator, newcomer = people[WASCO], people[CARI_WOP], people[NEWCOMER]
    wasco, cari_wop = manager.organisations.get().organisation, Platform.objects.get(key="cari-wop")
    country = Country.objects.get(pk="AG")
    registered = register_organisation(by=newcomer, name="Bird Island Springs", kind="public-utility", country=country)
    identity = {name: getattr(wasco, name) for name in ("acronym", "kind", "country")}
    change = request_change(wasco, by=manager, name="Water Company of the Tests", reason="A new law.", **identity)
    ask_to_join(wasco, by=newcomer, message="I keep the pumps.")
    invite(wasco, by=manager, email=STRANGER)
    invite_to_secretariat(cari_wop, by=coordinator, email=STRANGER)
    error = report_error(address="/en/operators/sicsm/", text="The town is wrong.", platform=cari_wop)
    return {
        "registered": registered.slug,
        "registration": registered.pk,
        "change": change.pk,
        "error": error.pk,
        "message": OutgoingMail.objects.filter(user=manager).first().pk,
        "invitation": _token("organisation-invitation"),
        "secretariat_invitation": _token("secretariat-invitation"),
    }


def _contacts(people):
    """People whom secretariats may ask, one of whom had themselves erased."""
    wasco, cari_wop = people[WASCO].organisations.get().organisation, Platform.objects.get(key="cari-wop")
    words = {"agreed": True, "by": people[WASCO], "function": "Head of planning", "language": "es"}
    luz = CONTACTS.enter(wasco, name="Luz Marina", email="luz@wasco.example", **words)
    gone = CONTACTS.enter(wasco, name="Eva", email="eva@wasco.example", **words)
    erased = gone.link
    CONTACTS.take_out(gone)
    words |= {"by": people[CARI_WOP], "language": "en"}
    ron = PLATFORM_CONTACTS.enter(cari_wop, name="Ron Baptiste", email="ron@cari-wop.example", **words)
    links = {"contact_link": luz.link, "erased_link": erased}
    tokens = {name: link.rstrip("/").rpartition("/")[2] for name, link in links.items()}
    return {"contact": luz.pk, "platform_contact": ron.pk} | tokens


def _token(kind):
    """From the mail, before it leaves: nothing else knows it."""
    return OutgoingMail.objects.get(kind=kind).data["token"]


def _sign_in(people):
    """An address that is not confirmed yet, and a forgotten password."""
    author = people[SICSM]
    address = EmailAddress.objects.create(user=author, email="second@sicsm.example")
    reset = f"{user_pk_to_url_str(author)}-{default_token_generator.make_token(author)}"
    return {"confirmation": EmailConfirmationHMAC(address).key, "reset": reset}


def _taken_away(people):
    """A token, a saved filter, a download that waits and one that is ready."""
    author, later = people[SICSM], timezone.now() + timedelta(days=90)
    token, _secret = make_token(author, name="Statistics", scopes=["read"], expires_at=later)
    saved = save_filter(user=author, name="Water losses", filterset=_water_losses())
    waits, ready = (
        ExportJob.objects.create(kind=kind, language="en", requested_by=author, total=85) for kind in ("csv", "xlsx")
    )
    make(ready.pk)
    return {"token": token.pk, "saved_filter": saved.pk, "export_waits": waits.token, "export_ready": ready.token}


def _water_losses():
    return PartnershipFilter(QueryDict("area=non-revenue-water"), PartnershipVersion.objects.published())


def _told(people):
    """A webhook with one delivery that came and one that did not."""
    webhook = Webhook.objects.create(
        platform=Platform.objects.get(key="cari-wop"), url="https://hooks.example/wop", events=["published"],
        created_by=people[CARI_WOP], secret="unreadable",
    )  # fmt: skip
    Delivery.objects.create(webhook=webhook, event=Event.PUBLISHED, about="WOP-0001", state="sent", answer_code=204)
    Delivery.objects.create(
        webhook=webhook, event=Event.PUBLISHED, about="WOP-0001", state="failed", problem="refused", answer_code=500,
        answer_text="<html>No.</html>", attempts=9,
    )  # fmt: skip
    return {"webhook": webhook.pk}
