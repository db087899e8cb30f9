"""In which languages an organisation works: on its page with a trace, to be taken back, found and loaded."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from directory.loading.organisations import load_organisations
from directory.loading.register import Register
from operators import services
from operators.models import Organisation, OrganisationLanguage
from operators.services.pages import page_of
from reviews import edits
from tests import factories
from tests.operators.test_views_page import page_data
from vocabularies.search import matching

pytestmark = pytest.mark.django_db


def save(organisation, by, languages):
    organisation.refresh_from_db()
    return services.save_page(organisation, by=by, revision=organisation.revision, languages=languages)


def of(organisation):
    return page_of(Organisation.objects.get(pk=organisation.pk))["languages"]


def test_they_are_written_by_name_kept_in_order_and_told_in_the_history(visit, organisation, manager):
    data = page_data(organisation, languages="Creole French, ht, English")
    page = visit(manager, "page", organisation.slug, data=data)
    assert "“Creole French” is no language we know." in page.content.decode()
    visit(manager, "page", organisation.slug, data=data | {"languages": "Haitian Creole, English"})
    assert of(organisation) == ["ht", "en"]
    assert 'value="Haitian Creole, English"' in visit(manager, "page", organisation.slug).content.decode()
    visit(manager, "page", organisation.slug, data=page_data(organisation, languages="en, ht"))
    assert of(organisation) == ["en", "ht"]
    history = visit(manager, "history", organisation.slug).content.decode()
    assert "Working languages" in history
    assert history.index("English") < history.index("Haitian Creole")


def test_a_change_of_them_is_taken_back(organisation, manager):
    save(organisation, manager, ["en"])
    edit = save(organisation, manager, ["fr", "en", "fr"])
    before, after = ([row["language"] for row in side["languages"].values()] for side in (edit.before, edit.after))
    assert (before, sorted(after)) == (["en"], ["en", "fr"])
    [told] = edits.describe(services.pages.PAGE, [edit])
    assert [line for _label, lines in told.changes for line in lines] == [("in", "French")]
    services.revert_edit(edit, by=manager)
    assert of(organisation) == ["en"]


def test_a_code_that_there_is_not_is_refused_whoever_sends_it(organisation, manager):
    with pytest.raises(ValidationError):
        save(organisation, manager, ["qq"])
    assert of(organisation) == []


def test_an_organisation_is_found_by_the_name_of_its_language(organisation, manager):
    save(organisation, manager, ["ht"])
    for word in ("haitiano", "haïtien", "Haitian"):
        assert matching(Organisation.objects.all(), "search_text", word).get() == organisation


def speaking(*languages, **fields):
    organisation = factories.OrganisationFactory(**fields)
    for position, language in enumerate(languages):
        OrganisationLanguage.objects.create(organisation=organisation, language=language, position=position)
    return organisation


@pytest.fixture
def speakers():
    return speaking("fr", "wo", name="A"), speaking("wo", name="B"), factories.OrganisationFactory(name="C")


def test_the_list_is_filtered_by_them_and_counts_them(client, speakers):
    both = client.get("/en/operators/", {"language": "fr"})
    assert [line.name for line in both.context["lines"]] == ["A"]
    facet = next(one for one in both.context["facets"] if one.name == "language")
    assert {(one.label, one.count, one.is_on) for one in facet.options} == {("Wolof", 2, False), ("French", 1, True)}
    assert "1 operator speaking French" in both.content.decode()
    in_french = client.get("/fr/operators/").context["facets"]
    labels = [[option.label for option in one.options] for one in in_french if one.name == "language"]
    assert labels == [["Wolof", "Français"]]
    assert client.get("/en/operators/", {"language": ["fr", "wo"]}).context["page_obj"].paginator.count == 2
    nobody = client.get("/en/operators/", {"language": "tsg"})
    assert "Tausug" in nobody.content.decode()
    assert nobody.context["page_obj"].paginator.count == 0
    refused = client.get("/en/operators/", {"language": "french"})
    assert refused.status_code == 400
    assert "“french” is not known; a possible value is “fr”." in refused.content.decode()


def test_they_stand_on_the_page_and_for_search_engines(client, speakers):
    page = client.get(f"/en/operators/{speakers[0].slug}/").content.decode()
    assert 'hreflang="es"' in page  # the languages of the portal are something else
    assert page.index("French</a>") < page.index("Wolof</a>")
    assert '"knowsLanguage": ["fr", "wo"]' in page
    assert "Working languages" not in client.get(f"/en/operators/{speakers[2].slug}/").content.decode()


def test_programs_read_them_and_ask_for_them(client, speakers):
    told = client.get(f"/api/v1/organisations/{speakers[0].key}/?labels=es").json()
    assert told["languages"] == [{"code": "fr", "label": "Francés"}, {"code": "wo", "label": "Wólof"}]
    rows = client.get("/api/v1/organisations/?language=fr&expand=languages").json()["results"]
    assert [(row["name"], len(row["languages"])) for row in rows] == [("A", 2)]


def test_the_loader_reads_them_where_a_file_has_the_column(tmp_path):
    heading = "key,name,acronym,kind,country,city,services,{}website,about,source\n"
    cells = "a,Su-Canal,,operator,MD,,,{}https://a.example,,Its page\n"

    def load(column, cell):
        OrganisationLanguage.objects.all().delete()
        Organisation.objects.all().delete()
        (tmp_path / "operators.csv").write_text(heading.format(column) + cells.format(cell))
        (tmp_path / "organisations.csv").write_text(heading.format(""))
        (tmp_path / "figures.csv").write_text("organisation,indicator,service,value,unit,year,note,source\n")
        register = Register(tmp_path)
        load_organisations(register)
        return list(OrganisationLanguage.objects.values_list("language", flat=True)), register.problems

    assert load("", "") == ([], [])
    assert load("languages,", "ru;ro,") == (["ru", "ro"], [])
    _loaded, problems = load("languages,", "ru;qqq,")
    assert [problem.column for problem in problems] == ["languages"]


def test_a_page_of_the_list_costs_no_query_more_for_each_speaker(client, django_assert_max_num_queries):
    for number in range(4):
        speaking("fr", "wo", name=f"Utility {number}")
    Client().get("/en/operators/")
    with django_assert_max_num_queries(8):
        client.get("/en/operators/?language=fr")
