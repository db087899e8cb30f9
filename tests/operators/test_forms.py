"""Forms with rows, and what the page of an organisation asks."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from operators import services
from operators.forms import ChangeForm, PageForm, RegistrationForm
from operators.services.pages import PAGE, page_of
from reviews.edits import describe
from vocabularies.models import Indicator

pytestmark = pytest.mark.django_db

FIGURE = {"indicator": "employees", "value": "2.125", "unit": "persons", "year": 2024}
ROWS = {"figures-TOTAL_FORMS": "0", "needs-TOTAL_FORMS": "0", "strengths-TOTAL_FORMS": "0"}


def data(**changed):
    sent = QueryDict(mutable=True)
    sent.update({"revision": "1", "about_language": "en"} | changed)
    return sent


def sent_back(form):
    """What a browser sends for a form that nobody has touched."""
    sent = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        if field.name != "logo" and value is not None and value is not False:
            shown = field.field.widget.format_value(value)
            sent.setlist(field.html_name, shown if isinstance(shown, list) else [shown])
    return sent


def test_a_page_that_is_sent_back_untouched_changes_nothing(organisation, manager):
    services.save_page(
        organisation, by=manager, revision=organisation.revision, city="Castries", services=["water"],
        figures=[FIGURE, FIGURE | {"value": "100", "year": None, "services": "water;sanitation"}],
        needs=[{"area": "metering", "description": "Leaks\nand more"}],
    )  # fmt: skip
    organisation.refresh_from_db()
    shown = PageForm(initial=PageForm.initial_of(page_of(organisation), organisation.revision))
    form = PageForm(sent_back(shown), initial=shown.initial)
    assert form.is_valid(), form.errors
    assert services.save_page(organisation, by=manager, **form.parts()) is None


def test_a_retired_term_stays_where_it_stands_and_is_offered_nowhere_else(organisation, manager):
    services.save_page(organisation, by=manager, revision=organisation.revision, figures=[FIGURE])
    Indicator.objects.filter(code="employees").update(is_active=False)
    with_it = PageForm(data(**{"figures-0-indicator": "employees", "figures-0-value": "3", "figures-0-unit": "p"}),
                       initial=PageForm.initial_of(page_of(organisation), 1))  # fmt: skip
    assert with_it.is_valid()
    without = PageForm(data(**{"figures-0-indicator": "employees", "figures-0-value": "3", "figures-0-unit": "p"}))
    assert not without.is_valid()


def test_the_usual_unit_is_taken_where_none_is_given():
    form = PageForm(data(**{"figures-0-indicator": "employees", "figures-0-value": "3"}))
    assert form.is_valid()
    assert form.parts()["figures"][0]["unit"] == Indicator.objects.get(code="employees").unit
    Indicator.objects.filter(code="employees").update(unit="")
    form = PageForm(data(**{"figures-0-indicator": "employees", "figures-0-value": "3"}))
    assert not form.is_valid()


def test_rows_are_counted_by_what_came_and_not_by_what_is_told():
    form = PageForm(data(**{"figures-TOTAL_FORMS": "9000", "figures-0-value": "1", "figures-1-value": "2"}))
    assert form.row_sets["figures"].total_form_count() == 2
    many = {f"needs-{number}-area": "metering" for number in (0, 5000)}
    assert PageForm(data(**many)).row_sets["needs"].total_form_count() == 100


def test_rows_cost_the_same_for_one_and_thirty(
    client, organisation, manager, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(manager)
    address = reverse("operators:page", args=[organisation.slug])

    def fill(count):
        organisation.refresh_from_db()
        rows = [FIGURE | {"year": 1990 + number} for number in range(count)]
        services.save_page(organisation, by=manager, revision=organisation.revision, figures=rows)

    fill(1)
    client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    fill(30)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_the_history_costs_the_same_for_one_and_many(
    client, organisation, manager, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(manager)
    address = reverse("operators:history", args=[organisation.slug])

    def edit(number):
        organisation.refresh_from_db()
        services.save_page(
            organisation, by=manager, revision=organisation.revision, city=f"C{number}",
            figures=[FIGURE | {"year": 1990 + number}], needs=[{"area": "metering", "description": str(number)}],
        )  # fmt: skip

    edit(1)
    client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    for number in range(2, 14):
        edit(number)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_an_edit_is_told_in_words_of_the_reader(organisation, manager):
    edit = services.save_page(
        organisation, by=manager, revision=organisation.revision, about="We serve", services=["water"],
        figures=[FIGURE | {"services": "water"}], needs=[{"area": "metering", "description": "Leaks"}],
        about_language="fr", logo="",
    )  # fmt: skip
    with override("es"):
        changes = dict(describe(PAGE, [edit])[0].changes)
        words = [str(text) for pieces in changes.values() for _op, text in pieces]
    assert any("2,125" in text and "2024" in text for text in words)
    assert "We serve" in words
    assert any("Leaks" in text for text in words)
    assert not any(text.startswith("metering") for text in words)


def test_countries_stand_in_the_order_of_the_reader():
    def names(language):
        with override(language):
            return [str(label) for _value, label in RegistrationForm().fields["country"].choices][1:]

    assert names("en")[0] == "Afghanistan"
    assert names("fr") != names("en")


def test_the_kinds_are_offered_in_two_groups():
    groups = [
        label for label, options in RegistrationForm().fields["kind"].choices if isinstance(options, list | tuple)
    ]
    assert len(groups) == 2


def test_a_date_of_a_former_name_is_as_precise_as_known():
    sent = {"name": "N", "kind": "operator", "country": "LC", "reason": "R", "former_until": "2014-12"}
    form = ChangeForm(sent)
    assert form.is_valid()
    assert form.cleaned_data["former_until"].precision == "month"
    assert not ChangeForm(sent | {"former_until": "14/12"}).is_valid()


def test_a_number_of_the_page_is_exact():
    form = PageForm(data(**{"figures-0-indicator": "employees", "figures-0-value": "2,1250", "figures-0-unit": "p"}))
    assert form.is_valid()
    assert form.parts()["figures"][0]["value"] == Decimal("2.125")
