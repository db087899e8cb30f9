"""Who had a part in an entry when it was submitted never decides on it, whatever they leave or take back afterwards."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.services import erase_person
from api.conditional_requests import tag_of
from desk.conflicts import conflicts_of
from desk.queue import lines_of, places_for
from operators.models import JoinRequest, Organisation, OrganisationChange
from operators.services import leave, remove_member
from partnerships.models import NamedPlatform, PartnershipAttachment, PartnershipVersion, StoredFile
from partnerships.services.drafting import save_draft
from reports.models import ReportAttachment, ReportSupporter
from reviews.models import Conflict, ReviewEvent
from reviews.services import actors_of
from reviews.snapshots import remember
from reviews.states import Actor
from reviews.workflow import perform
from tests import factories
from tests.api.people import bearer, token_for
from tests.api.writing import base_of

pytestmark = pytest.mark.django_db
KINDS = ("partnership", "report", "organisation", "change")
VERSIONS = KINDS[:2]


class Case:
    """A complete draft of one kind, its author, and ``person`` of the secretariat that reviews it."""

    def __init__(self, kind, *, alone=False):
        self.overall = factories.global_platform()
        self.overseer = factories.SecretariatMemberFactory(platform=self.overall).user
        self.platform = factories.PlatformFactory(countries=["LC"])
        self.person = self.serving()
        self.colleague = None if alone else self.serving()
        self.kind = kind
        getattr(self, f"_make_{kind}")()
        self.author = self.join(factories.UserFactory(), "manager").user
        factories.OrganisationMemberFactory(organisation=self.organisation, role="manager")

    def serving(self):
        return factories.SecretariatMemberFactory(platform=self.platform).user

    def join(self, user, role="editor"):
        return factories.OrganisationMemberFactory(organisation=self.organisation, user=user, role=role)

    def _make_partnership(self):
        self.entry = factories.draft_version()
        self.organisation = factories.mentor_of(self.entry)
        NamedPlatform.objects.create(version=self.entry, platform=self.platform)

    def _make_report(self):
        public = factories.published_version()
        self.organisation = factories.mentor_of(public)
        NamedPlatform.objects.create(version=public, platform=self.platform)
        self.entry = factories.ReportVersionFactory(partnership=public.partnership)

    def _make_organisation(self):
        self.entry = self.organisation = factories.OrganisationFactory(state="draft")

    def _make_change(self):
        self.organisation = factories.OrganisationFactory()
        self.entry = OrganisationChange.objects.create(
            organisation=self.organisation, name="Renamed", kind="operator", country_id="LC", reason="New law"
        )

    def submit(self, by=None):
        self.entry = perform(self.entry, "submit", by=by or self.author)

    def send_back(self):
        self.entry = perform(self.entry, "request_changes", by=self.overseer, comment="Please look again.")

    def now(self):
        return type(self.entry)._base_manager.get(pk=self.entry.pk)


# --- ways of having had a part, and of stepping out of it -----------------------------------------------


def leaving(case):
    case.join(case.person)
    case.submit()
    leave(case.organisation, by=case.person)


def being_removed(case):
    member = case.join(case.person)
    case.submit()
    remove_member(member, by=case.author)


def leaving_before_it_is_sent_again(case):
    case.join(case.person)
    case.submit()
    case.send_back()
    leave(case.organisation, by=case.person)
    case.submit()


def having_written_in_it(case):
    case.join(case.person)
    remember(case.entry, by=case.person)
    leave(case.organisation, by=case.person)
    case.submit()


def having_submitted_it_once(case):
    case.join(case.person, "manager")
    case.submit(by=case.person)
    case.send_back()
    leave(case.organisation, by=case.person)
    case.submit()


def having_its_row_taken_out(case):
    """A member of a body that is only named; somebody else takes its row away."""
    named = factories.OrganisationMemberFactory(user=case.person).organisation
    relation = "involvements" if case.kind == "partnership" else "supporters"
    if case.kind == "partnership":
        factories.InvolvementFactory(version=case.entry, organisation=named, role="funder")
    else:
        ReportSupporter.objects.create(version=case.entry, organisation=named)
    case.submit()
    case.send_back()
    rows = getattr(case.entry, relation).exclude(organisation=named)
    rows = [{"key": str(key)} for key in rows.values_list("key", flat=True)]
    case.entry = save_draft(case.entry, by=case.author, revision=case.entry.revision, rows={relation: rows})
    case.submit()


def having_brought_a_file(case):
    stored = StoredFile.objects.create(
        name="a.txt", size=1, media_type="text/plain", sha256="0", uploaded_by=case.person, file="a.txt"
    )
    model = PartnershipAttachment if case.kind == "partnership" else ReportAttachment
    model.objects.create(version=case.entry, description="Minutes", stored_file=stored)
    case.submit()


def leaving_just_before(case):
    case.join(case.person)
    leave(case.organisation, by=case.person)
    case.submit()


def coming_and_going_meanwhile(case):
    """Joins what was submitted before, answers for it perhaps, and leaves."""
    case.submit()
    case.join(case.person)
    leave(case.organisation, by=case.person)


def taking_it_back_in_between(case):
    case.submit()
    case.join(case.person, "manager")
    case.entry = perform(case.entry, "withdraw", by=case.person)
    leave(case.organisation, by=case.person)
    case.submit()


WAYS = (
    leaving, being_removed, leaving_before_it_is_sent_again, having_written_in_it, having_submitted_it_once,
    leaving_just_before, coming_and_going_meanwhile, taking_it_back_in_between,
)  # fmt: skip
WAYS_OF_VERSIONS = (having_its_row_taken_out, having_brought_a_file)
ALL = [(kind, way) for kind in KINDS for way in WAYS]
ALL += [(kind, way) for kind in VERSIONS for way in WAYS_OF_VERSIONS]
every_way = pytest.mark.parametrize(("kind", "way"), ALL, ids=[f"{kind}-{way.__name__}" for kind, way in ALL])


# --- every channel --------------------------------------------------------------------------------------


def by_page(client, case):
    client.force_login(case.person)
    return client.post(
        reverse("desk:step", args=[case.kind, case.entry.pk, "publish"]), {"revision": case.entry.revision}
    )


def by_program(client, case, **headers):
    address = f"{base_of(case.entry)}transitions/publish/"
    headers |= {"if-match": tag_of(case.entry)}
    return client.post(address, {"comment": ""}, content_type="application/json", headers=headers)


@every_way
def test_who_steps_out_still_does_not_decide(client, kind, way):
    case = Case(kind)
    way(case)
    assert not case.person.organisations.filter(organisation=case.organisation).exists()
    answers = [by_page(client, case)]
    if kind in VERSIONS:
        answers.append(by_program(client, case))
        client.logout()
        answers.append(by_program(client, case, **bearer(token_for(case.person)[1])))
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    with pytest.raises(PermissionDenied):
        perform(case.entry, "publish", by=case.person, revision=case.entry.revision)
    assert case.now().state == "submitted"
    assert perform(case.entry, "publish", by=case.colleague, revision=case.entry.revision).is_published


@every_way
def test_the_desk_says_so_and_shows_no_button(client, kind, way):
    case = Case(kind)
    way(case)
    assert (type(case.entry), case.entry.pk) in conflicts_of([case.entry], case.person)
    (line,) = [line for line in lines_of(places_for(case.person), case.person) if line.entry == case.entry]
    assert line.conflict
    client.force_login(case.person)
    page = client.get(reverse("desk:review", args=[kind, case.entry.pk])).content.decode()
    assert "You may not decide on this entry" in page
    if kind in VERSIONS:
        (actors,) = actors_of([case.entry], case.person).values()
        assert Actor.REVIEWER not in actors


@every_way
def test_an_entry_does_not_wait_for_them_alone(kind, way):
    """Submitted once more after they stepped out, it goes where somebody else can decide."""
    case = Case(kind, alone=True)
    way(case)
    case.entry = perform(case.entry, "withdraw", by=case.author)
    case.submit()
    assert case.entry.reviewing_platform == case.overall


def test_an_entry_does_not_wait_for_who_submits_it():
    """Nothing else stands between them: no membership, not begun by them, no word of theirs."""
    case = Case("partnership", alone=True)
    case.entry.partnership.entered_by = case.platform
    case.entry.partnership.save()
    case.submit(by=case.person)
    assert case.entry.reviewing_platform == case.overall


# --- nothing more than that -----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["entered", "submitted"])
def test_what_was_decided_before_conflicts_were_kept_is_not_decided_on_by_who_made_it(part):
    version = factories.published_version()
    user = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    assert version.may_be_decided_by(user)
    if part == "entered":
        PartnershipVersion.objects.filter(pk=version.pk).update(created_by=user)
    else:
        ReviewEvent.objects.create(
            entry=version, action="submit", from_state="draft", to_state="submitted", by=user, revision=1
        )
    version = PartnershipVersion.objects.get(pk=version.pk)
    assert not version.conflicts.exists()
    assert not version.may_be_decided_by(user)


def test_who_joins_later_is_out():
    case = Case("partnership")
    case.submit()
    case.join(case.person)
    assert not case.now().may_be_decided_by(case.person)


@pytest.mark.parametrize("many", [False, True])
def test_who_is_taken_out_by_support_does_not_decide_either(admin_client, many):
    case = Case("partnership")
    case.submit()
    member = case.join(case.person)
    if many:
        sent = {"action": "delete_selected", "_selected_action": [member.pk], "post": "yes"}
        admin_client.post(reverse("admin:operators_organisationmember_changelist"), sent)
    else:
        admin_client.post(reverse("admin:operators_organisationmember_delete", args=[member.pk]), {"post": "yes"})
    assert not case.person.organisations.exists()
    assert not case.now().may_be_decided_by(case.person)


def test_what_was_closed_before_they_came_or_after_they_went_is_not_theirs():
    case = Case("partnership")
    case.submit()
    public = perform(case.entry, "publish", by=case.colleague, revision=case.entry.revision)
    case.join(case.person)
    leave(case.organisation, by=case.person)
    assert not public.conflicts.filter(user=case.person).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_who_never_had_a_part_decides(kind):
    case = Case(kind)
    case.submit()
    assert conflicts_of([case.entry], case.person) == {}
    assert perform(case.entry, "publish", by=case.person, revision=case.entry.revision).is_published


def test_who_mends_a_draft_in_the_support_area_has_written_in_it(client):
    case = Case("organisation")
    case.person.is_staff = case.person.is_superuser = True
    case.person.save()
    client.force_login(case.person)
    address = reverse("admin:operators_organisation_change", args=[case.entry.pk])
    form = client.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None} | {"name": "By support"}
    for formset in client.get(address).context["inline_admin_formsets"]:
        data |= {f"{formset.formset.prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert client.post(address, data).status_code == 302
    case.entry = case.now()
    assert case.entry.name == "By support"
    case.submit()
    assert not case.entry.may_be_decided_by(case.person)


def test_requests_to_join_are_not_listed_for_who_may_not_answer_them():
    case = Case("organisation")
    leaving(case)
    Organisation._base_manager.filter(pk=case.organisation.pk).update(state="published")
    JoinRequest.objects.create(organisation=case.organisation, user=factories.UserFactory())
    assert not JoinRequest.objects.answerable_by(case.person).exists()
    assert JoinRequest.objects.answerable_by(case.colleague).exists()


def test_an_account_goes_with_its_conflicts():
    case = Case("partnership")
    leaving(case)
    erase_person(user=case.person, by=case.person)
    assert not Conflict.objects.filter(user=case.person.pk).exists()


@every_way
def test_what_waits_already_is_fixed_with_the_people_of_today(kind, way):
    case = Case(kind)
    member = case.join(case.colleague)
    way(case)
    Conflict.objects.all().delete()
    import_module("reviews.migrations.0004_fix_conflicts_of_waiting").fix(apps, None)
    fixed = set(Conflict.objects.filter(object_id=case.entry.pk).values_list("user", flat=True))
    submitted = ReviewEvent.objects.filter(object_id=case.entry.pk, action="submit").values_list("by", flat=True)
    assert fixed >= {case.author.pk, case.colleague.pk, *submitted, *case.now().writers()}
    member.delete()
    assert not case.now().may_be_decided_by(case.colleague)
