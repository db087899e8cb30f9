"""What was typed in a session that ended is shown with the words of the form, not with the names of its fields."""

import pytest

from accounts.unsaved_form import Field
from partnerships.forms.sections import QUESTIONNAIRE as PARTNERSHIP
from reports.forms.sections import QUESTIONNAIRE as REPORT
from reviews.cloning import clone
from tests import factories
from tests.everything import everything
from tests.posting import fields_of


@pytest.mark.parametrize("form", [PARTNERSHIP, REPORT], ids=["partnership", "report"])
def test_no_field_of_a_section_is_named_as_programs_name_it(client, db, form):
    version, report = everything()
    person = factories.OrganisationMemberFactory(organisation=version.partnership.participants.first().organisation)
    draft = clone(version if form is PARTNERSHIP else report, by=person.user)
    client.force_login(person.user)
    names = {
        name
        for section in form.sections
        if not section.address
        for name in fields_of(client.get(form.url(draft, section)))
    }
    labels = {name: Field(name, ["x"]).label for name in names if Field(name, ["x"]).words}
    assert {name: label for name, label in labels.items() if "_" in label} == {}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("starts_on", "Start"),
        ("work_plan-0-starts_on", "Work plan 1 · from"),
        ("phases-0-starts_on", "Phases 1 · start"),
        ("tracks-0-title", "Improvement tracks 1 · title"),
        ("open-approach", "No answer? · approach"),
    ],
)
def test_a_field_is_called_as_on_its_page(name, label):
    assert Field(name, ["x"]).label == label
