"""People are known by their e-mail address, whatever its case."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("Ana.Lopez@Utility.example", "correct horse", name="Ana López")


@pytest.mark.parametrize(
    "email", ["Ana.Lopez@utility.example", "ana.lopez@UTILITY.example", "ANA.LOPEZ@UTILITY.EXAMPLE"]
)
def test_there_is_one_account_for_an_address_in_any_case(person, email):
    with pytest.raises(ValidationError, match="already"):
        User(email=email, password="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(email)


def test_another_case_is_refused_with_words_for_a_person(person):
    with pytest.raises(ValidationError, match="already an account with this e-mail address"):
        User(email="ana.lopez@utility.example", password="x").full_clean()


@pytest.mark.parametrize("email", ["ana.lopez@utility.example", "ANA.LOPEZ@utility.example"])
def test_people_sign_in_with_their_address_in_any_case(person, email):
    assert authenticate(username=email, password="correct horse") == person
    assert authenticate(username=email, password="wrong horse") is None


def test_an_account_may_have_no_password(person):
    quiet = User.objects.create_user("quiet@utility.example")
    assert not quiet.has_usable_password()
    assert authenticate(username="quiet@utility.example", password="") is None


def test_a_new_account_may_do_nothing(person):
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert not person.organisations.exists()
    assert not person.secretariats.exists()


def test_a_superuser_may_enter_the_admin():
    boss = User.objects.create_superuser("boss@portal.example", "correct horse")
    assert boss.is_staff
    assert boss.is_superuser


def test_a_person_is_called_by_name_and_else_by_address(person):
    assert str(person) == person.get_full_name() == person.get_short_name() == "Ana López"
    assert str(User(email="x@utility.example")) == "x@utility.example"


def test_a_language_is_one_of_the_interface(person):
    person.language = "de"
    with pytest.raises(ValidationError) as caught:
        person.full_clean()
    assert caught.value.message_dict.keys() == {"language"}
