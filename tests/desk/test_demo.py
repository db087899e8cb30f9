"""The accounts of a demonstration, the work that waits for them, and that both exist nowhere else."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.backends import is_out_of_place
from accounts.models import User
from desk.demo.accounts import ACCOUNTS, PASSWORD
from desk.models import ErrorReport
from desk.todo import tasks_of
from notices.models import OutgoingMail
from operators.models import Organisation, OrganisationMember
from partnerships.models import Partnership, PartnershipVersion
from reports.models import ReportVersion
from reviews.models import ReviewEvent
from tests.registered import RegisterTestCase

VERSIONS = (PartnershipVersion, ReportVersion)


def create():
    out = StringIO()
    call_command("create_demo_accounts", stdout=out)
    return out.getvalue()


def user(code):
    return User.objects.get(email=f"{code}@demo.example")


@override_settings(
    DEMO=True, SECOND_FACTOR_REQUIRED=False, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
)
class TestDemo(RegisterTestCase):
    """On the real register, as `make run` does it."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.before = {model: set(model.objects.values_list("pk", flat=True)) for model in VERSIONS}
        cls.organisations = Organisation.objects.count()
        cls.printed = create()

    def made(self, model):
        return model.objects.exclude(pk__in=self.before[model])

    def test_every_account_is_printed_with_where_it_works_and_its_password(self):
        lines = self.printed.splitlines()
        assert len(lines) == len(ACCOUNTS) + 1
        for account, line in zip(ACCOUNTS, lines[1:], strict=True):
            assert account.where in line
            assert account.email in line
            assert PASSWORD in line

    def test_every_account_opens_its_place(self):
        for account in ACCOUNTS:
            client = Client()
            assert client.login(email=account.email, password=PASSWORD)
            assert client.get(account.where).status_code == 200, account.email

    def test_their_addresses_are_verified(self):
        assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(ACCOUNTS)

    def test_roles_are_those_of_the_brief(self):
        roles = dict(OrganisationMember.objects.values_list("organisation__key", "role"))
        assert roles == {"wasco-lc": "editor", "sicsm": "manager"}
        assert user("cari-wop").secretariats.get().platform.key == "cari-wop"
        assert user("gwopa").secretariats.get().role == "coordinator"

    def test_something_waits_in_every_inbox(self):
        for account in ACCOUNTS:
            if account.code != "support":
                assert tasks_of(user(account.code)), account.code
        assert ErrorReport.objects.get().platform.key == "gwopa"

    def test_the_work_is_that_of_the_right_people(self):
        whats = {code: [task.what for task in tasks_of(user(code))] for code in ("wasco", "sicsm", "cari-wop")}
        assert "Confirm it, or say where it differs" in whats["wasco"]
        assert "Finish the draft and submit it" in whats["wasco"]
        assert "Make the changes that Cari-WOP asks for" in whats["sicsm"]
        assert any(what.startswith("Review") for what in whats["cari-wop"])

    def test_each_entry_waits_for_the_platform_that_it_is_meant_for(self):
        waiting = PartnershipVersion.objects.waiting()
        assert dict(waiting.values_list("title", "reviewing_platform__key")) == {
            "Demo: San Diego – Querétaro and Metepec": "wop-mexico",
            "Demo: ANEAS – AHPSAS": "wop-lac",
        }
        assert ReportVersion.objects.waiting().get().reviewing_platform.key == "cari-wop"

    def test_nothing_of_it_is_public_and_all_of_it_is_marked(self):
        for model in VERSIONS:
            assert self.made(model).exists()
            assert not self.made(model).published().exists()
            for version in self.made(model):
                assert version.title.startswith("Demo")
                assert version.note.startswith("Demo entry")

    def test_no_organisation_is_invented(self):
        assert Organisation.objects.count() == self.organisations

    def test_a_second_time_changes_nothing(self):
        def counts():
            models = (User, Partnership, *VERSIONS, ReviewEvent, OutgoingMail, ErrorReport, EmailAddress)
            return [model.objects.count() for model in models]

        before = counts()
        create()
        assert counts() == before

    def test_preparing_all_of_it_again_prints_the_accounts_and_costs_little(self):
        call_command("prepare_demo", stdout=StringIO())  # sends what is due
        out = StringIO()
        with CaptureQueriesContext(connection) as queries:
            call_command("prepare_demo", stdout=out)
        assert out.getvalue() == self.printed
        assert len(queries) <= 100

    def test_what_a_visitor_wrote_stays(self):
        draft = PartnershipVersion.objects.get(title="Demo: SICSM – WASCO")
        PartnershipVersion.objects.filter(pk=draft.pk).update(title="My own words")
        create()
        assert PartnershipVersion.objects.get(pk=draft.pk).title == "My own words"

    def test_a_password_that_was_changed_stays_and_is_not_printed(self):
        person = user("gwopa")
        person.set_password("my own choice")
        person.save()
        line = next(line for line in create().splitlines() if "gwopa@" in line)
        assert "(changed)" in line
        assert user("gwopa").check_password("my own choice")

    def test_outside_a_demonstration_nobody_of_it_is_signed_in(self):
        client = Client()
        assert client.login(email="gwopa@demo.example", password=PASSWORD)
        with override_settings(DEMO=False):
            assert client.get("/en/desk/").url.startswith("/en/accounts/login/")
            assert not Client().login(email="gwopa@demo.example", password=PASSWORD)
            answer = Client().post("/en/accounts/login/", {"login": "gwopa@demo.example", "password": PASSWORD})
            assert "sessionid" not in answer.cookies
            assert not Client().login(email="support@demo.example", password=PASSWORD)


@pytest.mark.django_db
class TestElsewhere:
    def test_the_command_is_refused(self, settings):
        settings.DEMO = False
        with pytest.raises(CommandError):
            create()
        assert not User.objects.exists()

    def test_nothing_is_prepared(self, settings):
        settings.DEMO = False
        with pytest.raises(CommandError):
            call_command("prepare_demo")
        assert not Organisation.objects.exists()

    def test_the_register_can_be_prepared_without_the_accounts(self, settings):
        settings.DEMO = True
        call_command("prepare_demo", without_accounts=True)
        assert PartnershipVersion.objects.published().exists()
        assert not User.objects.exists()

    def test_without_the_register_it_says_what_to_do(self, settings):
        settings.DEMO = True
        with pytest.raises(CommandError, match="load_register"):
            create()
        assert not User.objects.exists()

    def test_other_people_sign_in_as_ever(self, settings, stranger):
        settings.DEMO = False
        assert not is_out_of_place(stranger)
        assert Client().login(email=stranger.email, password="correct horse battery staple")
