"""Contacts: entered with consent, told once, seen by few, and gone without a trace when they want it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.personal_data import export_of
from accounts.services import erase_person
from notices.models import OutgoingMail
from notices.rendering import letter
from notices.services import notify
from operators.models import ContactRefusal, OrganisationContact
from operators.services.contacts import CONTACTS, MOST
from platforms.models import PlatformContact
from platforms.services.contacts import CONTACTS as PLATFORM_CONTACTS
from reviews.models import Edit
from reviews.states import State
from tests import factories
from tests.operators.cast import Role, member_of, with_address

pytestmark = pytest.mark.django_db

ANA = {"name": "Ana López", "function": "Planner", "email": "Ana@utility.example", "language": "es"}
POSTED = ANA | {"agreed": "on"}


@pytest.fixture(autouse=True)
def unlimited():
    cache.clear()


@pytest.fixture
def ana(organisation, manager):
    return enter(organisation, manager)


@pytest.fixture
def coordinator(platform):
    return factories.SecretariatMemberFactory(platform=platform, role="coordinator").user


def enter(organisation, by, **words):
    return CONTACTS.enter(organisation, by=by, **{"agreed": True} | ANA | words)


def mails():
    return OutgoingMail.objects.filter(kind="contact-entered")


# --- who ------------------------------------------------------------------------------------------------


def test_managers_and_the_secretariat_enter_and_all_of_them_see(visit, organisation, manager, secretary, ana):
    editor = member_of(organisation)
    for person, may_keep in ((manager, True), (secretary, True), (editor, False)):
        page = visit(person, "contacts", organisation.slug).content.decode()
        assert "ana@utility.example" in page.lower()
        assert ("Enter somebody" in page) is may_keep
        assert ("Change or erase" in page) is may_keep
        assert "Contacts" in visit(person, "manage", organisation.slug).content.decode()
    assert visit(editor, "contacts", organisation.slug, data=POSTED).status_code == 403
    assert visit(editor, "contact", organisation.slug, ana.pk).status_code == 403


def test_nobody_else_does(visit, organisation, ana):
    elsewhere = factories.PlatformFactory(areas=["002"])
    others = (
        factories.UserFactory(),
        member_of(factories.OrganisationFactory(), Role.MANAGER),
        factories.SecretariatMemberFactory(platform=elsewhere, role="coordinator").user,
    )
    for person in others:
        assert visit(person, "contacts", organisation.slug).status_code == 404
        for act, thing, words in (
            (CONTACTS.enter, organisation, ANA | {"agreed": True}),
            (CONTACTS.erase, ana, {}),
            (CONTACTS.change, ana, {"name": "B"}),
        ):
            with pytest.raises(PermissionDenied):
                act(thing, by=person, **words)


def test_a_secretariat_that_entered_an_organisation_itself_has_contacts_there(visit, platform, secretary):
    added = factories.OrganisationFactory(created_by=secretary, country_id="LC")
    added.fix_reviewing_platform()
    enter(added, secretary)
    assert "Ana López" in visit(secretary, "contacts", added.slug).content.decode()


def test_who_entered_an_organisation_without_members_is_not_of_its_people(visit, platform):
    person = factories.UserFactory()
    added = factories.OrganisationFactory(created_by=person, state=State.DRAFT)
    assert visit(person, "manage", added.slug).status_code == 200
    assert visit(person, "contacts", added.slug).status_code == 404
    assert "Contacts" not in visit(person, "manage", added.slug).content.decode()


def test_the_second_factor_that_secretariats_need_is_asked_for_here_too(visit, settings, organisation, secretary, ana):
    settings.SECOND_FACTOR_REQUIRED = True
    assert visit(secretary, "contacts", organisation.slug).status_code == 403


# --- entering -------------------------------------------------------------------------------------------


def test_it_is_entered_with_consent_and_says_when_and_by_whom(visit, organisation, manager):
    empty = visit(manager, "contacts", organisation.slug).content.decode()
    assert "Nobody is entered yet" in empty
    answer = visit(manager, "contacts", organisation.slug, data=POSTED, follow=True)
    assert "Entered: Ana López. A mail tells them so" in answer.content.decode()
    contact = OrganisationContact.objects.get()
    assert (contact.entered_by, contact.agreed_at.date()) == (manager, timezone.now().date())
    assert f"entered by {manager}" in answer.content.decode()
    assert not Edit.objects.exists()


def test_without_consent_nobody_is_entered(visit, organisation, manager):
    page = visit(manager, "contacts", organisation.slug, data=ANA).content.decode()
    assert 'href="#id_agreed"' in page
    assert "nobody is entered who has not agreed" in page
    assert 'value="Ana López"' in page
    with pytest.raises(ValidationError) as caught:
        enter(organisation, manager, agreed=False)
    assert set(caught.value.message_dict) == {"agreed"}
    assert not OrganisationContact.objects.exists()
    assert not mails().exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "win at www.evil.example"), ("function", "see evil.com"), ("email", "ana"), ("language", "de"),
     ("name", ""), ("email", ""), ("language", "")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(visit, organisation, manager, field, value):
    page = visit(manager, "contacts", organisation.slug, data=POSTED | {field: value}).content.decode()
    assert f'href="#id_{field}"' in page
    assert not mails().exists()


def test_the_same_address_is_entered_once_in_a_place(visit, organisation, manager, ana):
    page = visit(manager, "contacts", organisation.slug, data=POSTED | {"email": "ana@UTILITY.example"})
    assert "Somebody with this address is a contact already." in page.content.decode()
    assert 'href="#id_email"' in page.content.decode()
    assert enter(factories.OrganisationFactory(), factories.SecretariatMemberFactory(
        platform=factories.global_platform()).user)  # fmt: skip


def test_words_for_somebody_erased_meanwhile_are_answered_on_the_page(visit, organisation, manager, ana, monkeypatch):
    """Erased between the look at the page and the write."""
    clean = OrganisationContact.full_clean
    monkeypatch.setattr(
        OrganisationContact, "full_clean", lambda self: (clean(self), type(self).objects.all().delete())
    )
    page = visit(manager, "contact", organisation.slug, ana.pk, data={**ANA, "name": "Ana L"})
    assert page.status_code == 200
    assert "This contact is erased." in page.content.decode()


def test_a_place_has_so_many_and_no_more(organisation, manager):
    OrganisationContact.objects.bulk_create(
        OrganisationContact(organisation=organisation, name="X", email=f"{number}@a.example", language="en")
        for number in range(MOST)
    )
    with pytest.raises(ValidationError, match="20 contacts already"):
        enter(organisation, manager)


# --- the mail -------------------------------------------------------------------------------------------


def test_the_person_is_told_once_in_their_language_with_a_link_that_erases(client, ana, organisation, manager):
    mail = mails().get()
    assert (mail.address, mail.language, mail.data) == ("ana@utility.example", "es", {})
    text = letter([mail]).body
    assert str(manager) in text
    assert "Ana López, Planner" in text
    assert "/es/workspace/contacts/" in text
    CONTACTS.change(ana, by=manager, name="Ana L.", function="", language="fr")
    assert mails().count() == 1


def test_the_link_asks_first_and_erases_without_an_account(client, ana, organisation):
    link = ana.link
    for _time in range(2):  # scanners of mails open every link
        page = client.get(link)
        assert "Ana@utility.example" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert reverse("desk:report-error") not in page.content.decode()  # it would tell the link to others
        assert not page.cookies
    assert "You are erased" in client.post(link).content.decode()
    assert not OrganisationContact.objects.exists()
    again = client.get(link)
    assert again.status_code == 410
    assert "Nothing is kept about you here" in again.content.decode()


def test_a_link_of_another_kind_opens_nothing(client, ana, platform, coordinator):
    other = PLATFORM_CONTACTS.enter(platform, by=coordinator, agreed=True, **ANA)
    token = other.link.rstrip("/").rpartition("/")[2]
    answer = client.post(reverse("operators:contact-link", args=[token]))
    assert answer.status_code == 404
    assert "This link is not known." in answer.content.decode()
    assert OrganisationContact.objects.exists()


def test_no_mail_carries_a_name_that_only_its_author_has_seen(visit, organisation, manager):
    type(organisation)._base_manager.update(state=State.SUBMITTED)
    organisation.refresh_from_db()
    page = visit(manager, "contacts", organisation.slug, data=POSTED).content.decode()
    assert "as soon as the secretariat has accepted" in page
    with pytest.raises(ValidationError, match="as soon as the secretariat"):
        enter(organisation, manager)
    assert not mails().exists()


def test_it_is_no_mail_relay_even_when_contacts_are_erased_again(settings, organisation, manager):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"contact": "3/d"}
    for address in ("ana@utility.example", "ana+1@utility.example", "ANA@utility.example"):
        CONTACTS.erase(enter(organisation, manager, email=address), by=manager)
    assert not mails().exists()
    with pytest.raises(ValidationError) as caught:
        enter(organisation, manager, email="Ana+2@utility.example")
    assert "such mails today" in caught.value.message_dict["email"][0]
    assert enter(organisation, manager, email="luz@utility.example")
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"invite": "1/h"}
    enter(organisation, manager, email="eva@utility.example")
    with pytest.raises(ValidationError, match="You have sent many"):
        enter(organisation, manager, email="mar@utility.example")


# --- gone -----------------------------------------------------------------------------------------------


def everything_stored():
    """All text of all tables but the search for words: what a backup of today would hold."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (str(row) for row in cursor.fetchall())


def told_of():
    return [row for row in everything_stored() if "ana@utility.example" in row.lower() or "Ana López" in row]


def test_when_erased_nothing_of_it_is_kept_anywhere(visit, organisation, manager, ana):
    assert len(told_of()) == 2  # the contact, and the message that tells them
    answer = visit(manager, "contact-erase", organisation.slug, ana.pk, data={}, follow=True)
    assert "Erased: nothing of this contact is kept." in answer.content.decode()
    assert told_of() == []


def test_nor_what_support_was_told_of_the_mail(organisation, manager, ana):
    mail = mails().get()
    support = factories.UserFactory(is_superuser=True)
    notify("mail-unconfirmed", about=mail, key="unconfirmed", users=[support])
    assert len(told_of()) == 3
    CONTACTS.erase(ana, by=manager)
    assert told_of() == []


def test_support_sees_such_a_mail_only_while_it_has_not_arrived(client, ana):
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
    address = reverse("admin:notices_outgoingmail_changelist")
    assert "ana@utility.example" in client.get(address).content.decode()
    mails().update(state=OutgoingMail.State.SENT)
    assert "ana@utility.example" not in client.get(address).content.decode()


def test_who_had_themselves_erased_is_not_entered_there_again_for_a_year(organisation, manager, ana):
    CONTACTS.take_out(ana)
    assert told_of() == []
    with pytest.raises(ValidationError, match="had themselves taken out"):
        enter(organisation, manager, email="ana+again@utility.example")
    ContactRefusal.objects.update(refused_at=timezone.now() - timedelta(days=366))
    assert enter(organisation, manager)
    assert not ContactRefusal.objects.exists()


def test_other_words_for_the_same_person(visit, organisation, manager, ana):
    words = {"name": "Ana L.", "function": "Director", "language": "fr", "email": "other@utility.example"}
    visit(manager, "contact", organisation.slug, ana.pk, data=words)
    ana.refresh_from_db()
    assert (ana.name, ana.function, ana.language, ana.email) == ("Ana L.", "Director", "fr", "Ana@utility.example")
    with pytest.raises(ValidationError):
        CONTACTS.change(ana, by=manager, email="other@utility.example")
    assert 'href="#id_name"' in visit(manager, "contact", organisation.slug, ana.pk, data={}).content.decode()


def test_it_belongs_to_the_data_of_the_account_with_its_address_and_goes_with_it(organisation, manager, ana):
    person, other = with_address("ana@utility.example"), with_address("somebody@utility.example")
    (row,) = export_of(person)["operators.organisationcontact.email"]
    assert (row["name"], row["organisation"], row["entered_by"]) == ("Ana López", str(organisation), str(manager))
    assert "operators.organisationcontact.email" not in export_of(other)
    assert "operators.organisationcontact.email" not in export_of(factories.UserFactory(email="ana2@utility.example"))
    erase_person(user=person, by=person)
    assert not OrganisationContact.objects.exists()


def test_who_entered_it_takes_nothing_of_it_along(organisation, manager, ana):
    (row,) = export_of(manager)["operators.organisationcontact.entered_by"]
    assert set(row) == {"what", "id", "agreed_at"}
    assert "Ana" not in str(row)
    erase_person(user=manager, by=manager)
    ana.refresh_from_db()
    assert ana.entered_by is None


# --- platforms ------------------------------------------------------------------------------------------


def test_a_platform_has_them_too(client, platform, coordinator):
    address = reverse("platforms:contacts", args=[platform.slug])
    client.force_login(coordinator)
    assert "about this platform’s partnerships" in client.get(address).content.decode()
    page = client.post(address, POSTED, follow=True).content.decode()
    assert "Ana López" in page
    assert "Contacts (1)" in client.get(reverse("platforms:edit", args=[platform.slug])).content.decode()
    contact = PlatformContact.objects.get()
    assert "/es/workspace/secretariats/contacts/" in letter([mails().get()]).body
    assert client.get(reverse("platforms:contact", args=[platform.slug, contact.pk])).status_code == 200
    client.post(contact.link)
    assert not PlatformContact.objects.exists()


def test_its_reviewers_and_those_above_see_them_and_coordinators_keep_them(client, platform, coordinator):
    PLATFORM_CONTACTS.enter(platform, by=coordinator, agreed=True, **ANA)
    above = factories.SecretariatMemberFactory(platform=factories.global_platform(), role="coordinator").user
    reviewer = factories.SecretariatMemberFactory(platform=platform, role="reviewer").user
    elsewhere = factories.SecretariatMemberFactory(platform=factories.PlatformFactory(), role="coordinator").user
    address = reverse("platforms:contacts", args=[platform.slug])
    for person, status in ((above, 200), (reviewer, 200), (elsewhere, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
    client.force_login(reviewer)
    assert client.post(address, POSTED).status_code == 403
    assert address in client.get(reverse("platforms:people", args=[platform.slug])).content.decode()
