"""The real register: every format holds exactly what the page of the directory counts."""

from tests import register_files as files
from tests.exports.exporting import KINDS, features, fetch, flat, references, sheets
from tests.registered import RegisterTestCase

QUESTIONS = [
    {},
    {"region": "lac"},
    {"country": ["PE", "NL"], "role": "mentor"},
    {"area": "non-revenue-water"},
    {"platform": "wop-lac", "ordering": "first_year"},
    {"q": "agua"},
    {"has_report": "yes", "labels": "pt"},
    {"year_from": "2015", "year_to": "2018"},
    {"cost_max": "1000000"},
]


class TestRegister(RegisterTestCase):
    def counted(self, question):
        """How many the directory counts, and in which order it lists the first ones."""
        asked = {name: value for name, value in question.items() if name != "labels"} | {"view": "table"}
        context = self.client.get("/en/partnerships/", asked).context
        return context["page_obj"].paginator.count, [entry.reference for entry in context["entries"]]

    def test_every_format_holds_what_the_directory_counts(self):
        for question in QUESTIONS:
            number, first = self.counted(question)
            for kind in KINDS if not question else ("csv", "jsonl", "geojson"):
                answer = fetch(self.client, kind, question)
                found = references(kind, answer.body)
                with self.subTest(question=question, kind=kind):
                    assert answer.headers["X-Total-Count"] == str(number)
                    assert len(found) == number
                    assert found[: len(first)] == first

    def test_what_is_known_of_the_first_one_is_in_its_row(self):
        row = flat(fetch(self.client, "csv", {"country": "LC"}).body).iloc[0]
        assert row["reference"] == "WOP-0001"
        assert row["mentor_countries"] == "MQ"
        assert row["mentee_countries"] == "LC"
        assert row["signed_on"] == "2014-12-03"
        assert (row["cost_known"], row["cost_amount"]) == ("false", "")
        assert row["report_count"] == "1"

    def test_no_cost_of_the_register_is_nought_unless_it_is_stated(self):
        table = flat(fetch(self.client, "csv").body)
        assert not set(table["cost_amount"]) & {"0", "0.0"}
        assert set(table[table["cost_known"] == "false"]["cost_amount"]) == {""}

    def test_a_workbook_opens_with_all_its_sheets(self):
        found = sheets(fetch(self.client, "xlsx").body)
        assert list(found)[:3] == ["about", "codebook", "partnerships"]
        assert len(found["partnerships"]) == files.number("partnerships")
        assert set(found["tracks"]["partnership"]) <= set(found["partnerships"]["reference"])

    def test_nearly_every_partnership_has_a_place_on_the_map(self):
        found = features(fetch(self.client, "geojson").body)
        assert len(found) == files.number("partnerships")
        assert sum(one["geometry"] is None for one in found) < 5
