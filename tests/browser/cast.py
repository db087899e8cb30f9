"""The people who work in the portal of the browser tests, and what lies on their tables. All made up.

``manage.py shell -c "from tests.browser.cast import engage; engage()"`` brings them in and prints, as JSON, what
the addresses of tests/browser/own_pages.py have between braces.
"""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import User
from accounts.services import confirm_email
from desk.services import comment, report_error
from notices.models import OutgoingMail
from operators.models import Organisation, OrganisationMember
from operators.services import ask_to_join, invite, register_organisation, request_change
from partnerships.models import Partnership
from partnerships.services import save_draft, start_partnership
from partnerships.services.files import attach, store_file
from platforms.models import Platform, SecretariatMember
from platforms.services import invite as invite_to_secretariat
from reports.services import start_report
from reviews.services import make_preview
from reviews.workflow import perform
from tests import sample_files
from vocabularies.models import Country

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
    print(json.dumps(_drafts(people) | _reports(people) | _requests(people)))


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
    comment(returned, by=reviewer, text="Who counted?", field="activities_description")
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


def _token(kind):
    """From the mail, before it leaves: nothing else knows it."""
    return OutgoingMail.objects.get(kind=kind).data["token"]
