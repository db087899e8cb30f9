"""Names that organisations bore before are delivered with their source, and lead to them."""

import csv

import pytest
from django.conf import settings

from directory.loading import load_register
from operators.models import FormerName, Organisation
from vocabularies.csv_reader import DataProblems
from vocabularies.search import matching

pytestmark = pytest.mark.django_db
FILES = ("operators", "organisations", "figures", "platforms", "platform_hosts", "platform_milestones", "programmes")


@pytest.fixture
def folder(tmp_path):
    """The organisations of the real register, without partnerships and reports."""
    for path in settings.DATA_DIR.glob("*.csv"):
        lines = path.read_text(encoding="utf-8")
        whole = path.stem in (*FILES, "former_names")
        (tmp_path / path.name).write_text(lines if whole else lines.splitlines()[0] + "\n", encoding="utf-8")
    return tmp_path


def test_former_names_lead_to_the_organisation_and_stand_on_its_page(folder, client):
    load_register(folder)
    with (folder / "former_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {"ONEP", "AfWA"} <= {row["acronym"] for row in rows}
    for row in rows:
        assert row["source"]
        found = matching(Organisation.objects.all(), "search_text", row["acronym"] or row["name"])
        assert row["organisation"] in set(found.values_list("key", flat=True))
    assert "Office National de l&#x27;Eau Potable (ONEP)" in client.get("/en/operators/onee/").content.decode()


def test_a_former_name_of_nobody_is_refused_and_a_folder_without_any_is_not(folder):
    with (folder / "former_names.csv").open("a", encoding="utf-8") as file:
        file.write("nobody,Old Water,,,1999,A book\n")
    with pytest.raises(DataProblems, match=r"former_names\.csv, line \d+, organisation: .*nobody"):
        load_register(folder)
    (folder / "former_names.csv").unlink()
    load_register(folder)
    assert not FormerName.objects.exists()
