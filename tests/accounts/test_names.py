"""What a name may be: mails carry it to strangers, so it is no place for a message of one's own."""

import time

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import CharField
from django.urls import reverse

from accounts.models import User
from accounts.names import plain_name
from notices.models import OutgoingMail
from notices.rendering import words_of
from operators.models import Organisation, OrganisationChange
from partnerships.services import start_new_version
from platforms.models import Platform, Programme
from tests import factories
from tests.api.people import bearer, token_for
from tests.posting import fields_of

CALL = "Your account is blocked, act now: https://evil.example/in"
REFUSED = (
    *(CALL, "evil.com", "EVIL.COM", "evil.com, act now", "(evil.online)", "write to a@evil.example", "a@b", "www.evil"),
    *("Evil.Ru/login", "goo.gl/abc", "192.0.2.7", "http:evil.ru", "evil．com", "evil。com", "bücher.de", "ftp://x"),
    *(
        "t.me/in",
        "вода.рф",
        "公司.中国",
        "localhost:8000/in",
        "mailto:x",
        "MAILTO:x",
        "a\u3164b",
        "a\u2800b",
        "a\u034fb",
    ),
    *(
        "two\nlines",
        "a\rb",
        "a\tb",
        "a\0b",
        "a\u202eb",
        "a\u200bb",
        "a\u2066b",
        "a\u2028b",
        "a\ufeffb",
        "a\x7fb",
        "a\uffffb",
    ),
)
TAKEN = (
    *("Aguas de Cartagena S.A. E.S.P.", "S.A.P.I. de C.V.", "Sta.Rosa Water District", "St. Lucia", "Cía.Ltda."),
    *(
        "Veolia Water Technologies, Inc.",
        "D’Água & Esgoto – SANEPAR",
        "N.V. Vitens",
        "شرکت\u200cآب",
        "E.ON",
        "Ведомство Вода.Ремонт",
        "K. R. O'Neil",
    ),
)
OTHERS = {
    "admin.LogEntry", "auth.Group", "auth.Permission", "account.EmailAddress", "mfa.Authenticator",
    # What only their owner is told; what a file is called; words of the lists of support.
    "api.ApiToken", "directory.SavedFilter", "partnerships.StoredFile", "vocabularies.Area", "vocabularies.Country",
}  # fmt: skip
NAMES = {"name", "acronym", "name_used", "speaker"}


@pytest.mark.parametrize("name", REFUSED)
def test_addresses_and_what_cannot_be_seen_are_refused(name):
    with pytest.raises(ValidationError):
        plain_name(name)


@pytest.mark.parametrize("name", TAKEN)
def test_names_as_they_are_written_are_taken(name):
    plain_name(name)


@pytest.mark.parametrize("words", ["x" * 100_000, "x-" * 50_000, "x." * 50_000, "_" * 100_000])
def test_the_longest_word_is_looked_at_in_no_time(words):
    """A form looks at a name also when it is too long."""
    begun = time.process_time()
    plain_name(words)
    assert time.process_time() - begun < 1


def test_the_refusal_says_what_is_meant():
    with pytest.raises(ValidationError, match=r"“https://evil\.example/in” looks like a web or e-mail address"):
        plain_name(CALL)


def test_every_name_of_a_person_or_a_body_is_checked():
    unchecked = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField) and field.name in NAMES and plain_name not in field.validators
    }
    assert {one for one in unchecked if one.rpartition(".")[0] not in OTHERS} == set()


# --- every door -----------------------------------------------------------------------------------------


class Doors:
    """Each sends a form or a body with ``name`` as the name (and acronym) and gives the answer."""

    def __init__(self, client):
        cache.clear()
        self.client = client
        self.public = factories.published_version()
        self.organisation = factories.mentor_of(self.public)
        self.manager = factories.OrganisationMemberFactory(organisation=self.organisation, role="manager").user

    def _fill(self, user, address, **changed):
        """Send the form at ``address`` back as it stands, but for what is ``changed``."""
        if user:
            self.client.force_login(user)
        return self.client.post(address, fields_of(self.client.get(address)) | changed)

    def sign_up(self, name):
        new = {"name": name, "email": "new@utility.example", "password1": factories.PASSWORD}
        return self.client.post(reverse("account_signup"), new)

    def profile(self, name):
        return self._fill(self.manager, reverse("accounts:my-data"), name=name)

    def registration(self, name):
        fields = {"name": name, "acronym": name[:40], "kind": "operator", "country": "LC", "about_language": "en"}
        return self._fill(factories.UserFactory(), reverse("operators:register"), **fields)

    def change_request(self, name):
        address = reverse("operators:change", args=[self.organisation.slug])
        return self._fill(self.manager, address, name=name, acronym=name[:40], reason="A law", country="LC")

    def partner_in_a_draft(self, name):
        draft = start_new_version(self.public.partnership, self.manager)
        address = reverse("partnerships:section", args=[draft.pk, "partners"])
        new = {"partner-name": name, "partner-acronym": name[:40], "partner-kind": "operator", "partner-country": "LC"}
        return self._fill(self.manager, address, **new, **{"partner-add": "1"})

    def name_in_a_draft(self, name):
        draft = start_new_version(self.public.partnership, self.manager)
        address = reverse("partnerships:section", args=[draft.pk, "partners"])
        return self._fill(self.manager, address, **{"involvements-0-name_used": name})

    def program_adds_an_organisation(self, name):
        secret = token_for(self.manager)[1]
        body = {"name": name, "acronym": name[:40], "kind": "operator", "country": "LC", "confirm_new": True}
        address = reverse("api:organisations")
        return self.client.post(address, body, content_type="application/json", headers=bearer(secret))

    def _support(self, model, **fields):
        support = User.objects.create_superuser(f"{model}@portal.example", "a long password here")
        return self._fill(support, reverse(f"admin:{model}_add"), **fields)

    def support_adds_an_organisation(self, name):
        fields = {"key": "x", "slug": "x", "name": name, "acronym": name[:40], "source": "A list"}
        return self._support("operators_organisation", **fields)

    def support_adds_a_platform(self, name):
        fields = {"key": "x", "slug": "x", "name": name, "acronym": name[:40], "level": "national"}
        fields |= {"areas": [], "countries": []}
        return self._support("platforms_platform", **fields)

    def support_adds_a_programme(self, name):
        return self._support("platforms_programme", key="x", slug="x", name=name)

    def support_adds_a_person(self, name):
        password = {"password1": factories.PASSWORD, "password2": factories.PASSWORD, "usable_password": "true"}
        return self._support("accounts_user", email="x@utility.example", name=name, language="en", **password)


DOORS = sorted(name for name in vars(Doors) if not name.startswith("_"))


def kept(name):
    """Whether anything that is stored is called so."""
    models = (User, Organisation, OrganisationChange, Platform, Programme)
    return any(model._base_manager.filter(name=name).exists() for model in models)


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", [CALL, "Act now a@evil.example", "Acme \u202egro.live"])
def test_no_door_takes_it_and_no_mail_carries_it(client, door, name):
    answer = getattr(Doors(client), door)(name)
    page = answer.content.decode()
    assert answer.status_code in {200, 400}
    assert "looks like a web or e-mail address" in page or "characters that cannot be seen" in page
    assert not kept(name)
    for mail in OutgoingMail.objects.all():
        assert name not in f"{words_of(mail).subject} {words_of(mail).body}"


@pytest.mark.django_db
@pytest.mark.parametrize("door", sorted(set(DOORS) - {"name_in_a_draft"}))
def test_every_door_takes_a_plain_name(client, door):
    """So that the refusals above are about the name."""
    getattr(Doors(client), door)("Aqua Nova S.A.")
    assert kept("Aqua Nova S.A.")
