"""The folder of the index, the command that makes it anew, the words that find, and the order of what fits."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from directory.filters.partnerships import PartnershipFilter
from operators.models import FormerName
from partnerships.models import PartnershipVersion
from search import index
from search.fields import FORM
from search.models import Document, Mark, Stamp
from search.services import latest_stamp
from tests import factories
from tests.indexing import up_to_date

pytestmark = pytest.mark.django_db


def found(query):
    """The titles that a question finds, in its order."""
    filterset = PartnershipFilter(QueryDict(query), PartnershipVersion.objects.published())
    return [version.title for version in filterset.qs]


@pytest.fixture
def folder(settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path
    return tmp_path / FORM


def begin_anew():
    """As a new process does."""
    index._indexes.clear()


@pytest.mark.parametrize("harm", [shutil.rmtree, lambda folder: [file.write_text("x") for file in folder.iterdir()]])
def test_a_folder_that_is_gone_or_broken_is_made_anew(folder, harm):
    factories.published_version(title="A")
    assert found("") == ["A"]
    harm(folder)
    begin_anew()
    assert found("") == ["A"]
    assert Path(folder).is_dir()


def test_an_index_of_another_database_is_made_anew(folder):
    factories.published_version(title="A")
    assert found("") == ["A"]
    Stamp.objects.all().delete()
    Document.objects.all().delete()  # as in a copy of the day before
    PartnershipVersion._base_manager.update(title="B")
    assert found("") == ["B"]


def test_documents_of_an_older_form_are_made_anew():
    factories.published_version(title="A")
    up_to_date()
    Stamp.objects.update(form="older")
    PartnershipVersion._base_manager.update(title="B")
    assert found("") == ["B"]


def test_what_was_written_is_made_once_and_stamped_once():
    factories.published_version()
    first = latest_stamp()
    assert (latest_stamp(), Mark.objects.count()) == (first, 0)
    factories.published_version()
    assert latest_stamp().number == first.number + 1


def test_a_draft_makes_no_document():
    up_to_date()
    factories.draft_version().refresh_search()
    up_to_date()
    assert not Document.objects.filter(kind="partnership").exists()


def test_making_it_anew_proves_that_nothing_changed(capsys):
    factories.published_version()
    call_command("rebuild_search")
    assert "as before" in capsys.readouterr().out


def test_making_it_anew_tells_of_a_document_that_was_wrong():
    factories.published_version(title="A")
    up_to_date()
    PartnershipVersion._base_manager.update(title="B")
    with pytest.raises(CommandError, match="1 documents differed"):
        call_command("rebuild_search")
    assert found("") == ["B"]


# --- words ----------------------------------------------------------------------------------------------


def test_whole_words_are_found_and_no_letters_inside_them():
    factories.published_version(title="Balance 2012", summary="Since 2011")
    factories.published_version(title="ANC", summary="Phase 1")
    assert found("q=anc") == ["ANC"]
    assert found("q=1") == ["ANC"]


@pytest.mark.parametrize("word", ["pérdidas", "perdida", "PÉRDIDA", "Perdidas"])
def test_accents_case_and_number_do_not_matter(word):
    factories.published_version(title="A", summary="Reducción de pérdidas")
    assert found(f"q={word}") == ["A"]


def test_what_signs_join_is_a_phrase():
    one = factories.published_version(title="A")
    factories.published_version(title="B", summary="0001 times a wop")
    assert found(f"q={one.partnership.reference.lower()}") == ["A"]


def test_what_fits_best_comes_first_and_then_the_newest():
    factories.published_version(title="Text", summary="About leakage")
    factories.published_version(title="Leakage once")
    factories.published_version(title="Leakage twice")
    place = factories.published_version(title="Place", place="Leakage")
    assert found("q=leakage") == ["Leakage twice", "Leakage once", "Place", "Text"]
    assert found("q=leakage&ordering=-published_at") == ["Place", "Leakage twice", "Leakage once", "Text"]
    assert place.title in found("q=leakage+place")


def test_a_former_name_finds():
    version = factories.published_version(title="A")
    assert found("q=onep") == []
    FormerName.objects.create(organisation=factories.mentor_of(version), name="Office", acronym="ONEP")
    assert found("q=onep") == ["A"]


def test_a_slice_of_what_fits_best_is_what_stands_there():
    for number in range(7):
        factories.published_version(title=f"{'Leakage' if number % 2 else 'Other'} {number}", summary="On leakage")
    filterset = PartnershipFilter(QueryDict("q=leakage"), PartnershipVersion.objects.published())
    everything = list(filterset.qs)
    slices = [list(filterset.qs[start : start + 2]) for start in range(0, 8, 2)]
    assert [version for some in slices for version in some] == everything
    assert len(set(everything)) == 7
