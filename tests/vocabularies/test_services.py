"""The loaders add what is missing, keep what people wrote and say where a file is wrong."""

import csv

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from vocabularies.csv_reader import DataProblems, read_rows
from vocabularies.models import Area, Country, ImprovementArea, SynonymSet, Term
from vocabularies.services import (
    COUNTRY_COLUMNS,
    TERM_COLUMNS,
    area_for_theme,
    load_countries,
    load_synonyms,
    load_terms,
)

TERM_HEADING = ",".join(TERM_COLUMNS)
GROUP = "area_group,technical,Technical,,,,,,10"


@pytest.fixture
def terms(db):
    load_terms()


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def problems_of(load, *args, **kwargs):
    with pytest.raises(DataProblems) as caught:
        load(*args, **kwargs)
    return str(caught.value).splitlines()


def copies_of_data(folder):
    for name in ("areas.csv", "countries.csv"):
        (folder / name).write_bytes((settings.DATA_DIR / name).read_bytes())
    return folder / "countries.csv"


@pytest.mark.django_db
def test_loading_terms_twice_changes_nothing():
    first = load_terms()
    before = list(Term.objects.values())
    assert load_terms() == (0, first.added + first.kept)
    assert list(Term.objects.values()) == before


@pytest.mark.django_db
def test_loading_countries_twice_changes_nothing():
    load_countries()
    before = list(Area.objects.values()), list(Country.objects.values())
    assert load_countries() == ((0, 32), (0, 249))
    assert (list(Area.objects.values()), list(Country.objects.values())) == before


def test_an_edited_label_survives_and_an_empty_one_is_filled(terms):
    Term.objects.filter(list="activity", code="study-tours").update(
        label_en="Study trips", label_es="", position=5, is_active=False
    )
    load_terms()
    term = Term.objects.get(list="activity", code="study-tours")
    assert (term.label_en, term.label_es) == ("Study trips", "Viajes de estudio")
    assert (term.position, term.is_active) == (5, False)


@pytest.mark.django_db
def test_synonyms_that_were_edited_or_emptied_stay_so(tmp_path):
    file = write(
        tmp_path / "synonyms.csv", "code,language,words", "drought,en,drought; water scarcity", "drought,es,sequía"
    )
    assert load_synonyms(file) == (2, 0)
    for language, words in (("en", "drought; dry spell"), ("es", "")):
        SynonymSet.objects.filter(language=language).update(words=words)
    write(file, "code,language,words", "drought,en,drought", "drought,es,sequía", "drought,fr,sécheresse")
    assert load_synonyms(file) == (1, 2)
    assert [one.each() for one in SynonymSet.objects.all()] == [["drought", "dry spell"], [], ["sécheresse"]]


@pytest.mark.django_db
def test_wrong_synonyms_are_told_by_their_line(tmp_path):
    lines = ("code,language,words", "drought,en,drought", "drought,en,dry", "drought,de,Dürre")
    problems = problems_of(load_synonyms, write(tmp_path / "synonyms.csv", *lines))
    assert [problem.partition(": ")[0] for problem in problems] == [
        "synonyms.csv, line 3, language",
        "synonyms.csv, line 4, language",
    ]
    assert not SynonymSet.objects.exists()


@pytest.mark.django_db
def test_every_edit_of_synonyms_moves_their_stamp():
    stamps = [SynonymSet.objects.stamp()]
    one = SynonymSet.objects.create(code="drought", language="en", words="drought")
    stamps.append(SynonymSet.objects.stamp())
    one.words = "drought; dry spell"
    one.save()
    stamps.append(SynonymSet.objects.stamp())
    assert len(set(stamps)) == 3


@pytest.mark.django_db
def test_an_edited_country_survives():
    load_countries()
    Country.objects.filter(code="TR").update(name_en="Turkey", gwopa_region="asia-pacific")
    load_countries()
    turkey = Country.objects.get(code="TR")
    assert (turkey.name_en, turkey.gwopa_region) == ("Turkey", "asia-pacific")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("colours,blue,Blue,,,,,,10", "line 3, list: "),
        (GROUP, "line 3, code: occurs twice in this file"),
        ("area_group,people,,,,,,,20", "line 3, label_en: "),
        ("area_group,Not a code,People,,,,,,20", "line 3, code: "),
        ("area_group,people,People,,,,,,first", "line 3, position: "),
        ("improvement_area,metering,Metering,,,,nowhere,,10", "line 3, parent: “nowhere” is not known"),
        ("activity,visits,Visits,,,,technical,,10", "line 3, parent: “technical” is not known"),
        ("area_group,people,People,,,,20", "line 3: has 7 cells, the heading has 9"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_written(tmp_path, line, place):
    path = write(tmp_path / "terms.csv", TERM_HEADING, GROUP, line)
    before = Term.objects.count()
    problems = problems_of(load_terms, path)
    assert len(problems) == 1
    assert problems[0].startswith(f"terms.csv, {place}")
    assert Term.objects.count() == before


@pytest.mark.django_db
def test_all_broken_lines_are_named_at_once(tmp_path):
    path = write(tmp_path / "terms.csv", TERM_HEADING, "x,y,Y,,,,,,1", GROUP, "area_group,people,,,,,,,2")
    starts = [problem.split(":")[0] for problem in problems_of(load_terms, path)]
    assert starts == ["terms.csv, line 2, list", "terms.csv, line 4, label_en"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "column", "value"),
    [
        ("MQ", "area", "999"),
        ("MQ", "area", ""),
        ("MQ", "latitude", "95"),
        ("MQ", "alpha3", "FRA"),
        ("MQ", "code", "FR"),
    ],
)
def test_a_broken_country_leaves_areas_and_countries_unwritten(tmp_path, code, column, value):
    path = copies_of_data(tmp_path)
    rows = [dict(row) for row in read_rows(path, columns=COUNTRY_COLUMNS)]
    rows[[row["code"] for row in rows].index(code)][column] = value
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COUNTRY_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    before = Area.objects.count(), Country.objects.count()
    problems = problems_of(load_countries, tmp_path)
    assert [problem.split(", ", 2)[2].split(":")[0] for problem in problems] == [column]
    assert (Area.objects.count(), Country.objects.count()) == before


@pytest.mark.django_db
def test_the_commands_say_how_much_was_added(capsys):
    call_command("load_terms")
    call_command("load_countries")
    said = capsys.readouterr().out
    assert "areas: " in said
    assert "countries: " in said
    call_command("load_terms")
    assert capsys.readouterr().out == f"0 added, {Term.objects.count()} kept\n"


@pytest.mark.django_db
def test_the_commands_fail_with_the_problems(tmp_path):
    with pytest.raises(CommandError, match=r"terms.csv, line 1, code: this column is missing"):
        call_command("load_terms", str(write(tmp_path / "terms.csv", "list")))
    with pytest.raises(CommandError, match=r"areas.csv, line 1: the file cannot be read"):
        call_command("load_countries", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("water-quality-management", "water-quality-management"),
        ("WATER quality management", "water-quality-management"),
        ("Expanding services to low-income households", "services-in-low-income-areas"),
        (" Climate change adaptation ", "climate-adaptation"),
        ("Non-revenue water", "non-revenue-water"),
        ("Non-revenue water: physical losses", "nrw-physical-losses"),
        ("Other", "other"),
    ],
)
def test_an_area_is_found_by_code_label_or_older_theme(terms, text, code):
    assert area_for_theme(text) == ImprovementArea.objects.get(code=code)


def test_an_older_theme_is_found_after_its_label_was_edited(terms):
    ImprovementArea.objects.filter(code="metering").update(label_en="Meters")
    assert area_for_theme("Metering") == area_for_theme("meters") == ImprovementArea.objects.get(code="metering")


@pytest.mark.parametrize("text", ["", None, "Astronomy", "study-tours", "Technical"])
def test_unknown_words_are_no_area(terms, text):
    assert area_for_theme(text) is None


def test_every_theme_of_the_delivered_data_is_known(terms):
    for row in read_rows(settings.DATA_DIR / "old_themes.csv", columns=["theme", "area"]):
        assert area_for_theme(row["theme"]).code == row["area"]
