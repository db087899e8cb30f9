"""Every filter adds a little to the question, however many there are: none repeats those before it."""

import pytest
from django.http import QueryDict

from directory.filters.others import ReportFilter
from reports.models import ReportVersion

FILTERS = [(ReportFilter, ReportVersion, ["activity", "area", "factor", "support"])]


def question(filters, model, names):
    """The length of the SQL that asks for the example of each of ``names``."""
    asked = QueryDict(mutable=True)
    for name in names:
        asked[name] = filters.base_filters[name].field.example
    found = filters(asked, model.objects.published())
    assert found.form.errors == {}
    return len(str(found.qs.query))


@pytest.mark.parametrize(("filters", "model", "names"), FILTERS, ids=["reports"])
@pytest.mark.django_db
def test_the_question_grows_with_the_sum_of_its_filters(filters, model, names):
    none = question(filters, model, [])
    each = [question(filters, model, [name]) - none for name in names]
    assert question(filters, model, names) - none <= 1.1 * sum(each)
