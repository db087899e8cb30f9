"""What the directory answers on the real register."""

import re

from tests import register_files as files
from tests.registered import RegisterTestCase

URL = "/en/partnerships/"


class TestDirectory(RegisterTestCase):
    def found(self, **question):
        """The references that a question finds."""
        response = self.client.get(URL, question | {"view": "table"})
        assert response.status_code == 200, response.context["problems"]
        return [entry.reference for entry in response.context["entries"]]

    def test_it_counts_the_partnerships_of_the_files_and_none_invented(self):
        first = self.client.get(URL).context
        numbers = first["page_obj"].paginator.page_range
        pages = [self.client.get(URL, {"page": number}).context for number in numbers]
        references = [entry.reference for page in pages for entry in page["entries"]]
        assert first["sentence"] == f"{files.number('partnerships')} partnerships"
        assert sorted(references) == files.references()

    def test_every_profile_links_its_source(self):
        for reference in files.references():
            page = self.client.get(f"{URL}{reference}/").content.decode()
            assert re.search(r'<a href="https?://(?!testserver)[^"]+" rel="external noopener">', page), reference

    def test_saint_lucia_finds_sicsm_wasco(self):
        assert self.found(country="LC") == ["WOP-0001"]

    def test_france_does_not_find_martinique(self):
        assert self.found(country="FR") == ["WOP-0005", "WOP-0002"]
        assert self.found(country="MQ") == ["WOP-0001"]

    def test_an_operator_may_be_mentor_here_and_mentee_there(self):
        assert self.found(organisation="osse", role="mentee") == ["WOP-0066"]
        assert self.found(organisation="osse", role="mentor") == ["WOP-0069", "WOP-0065"]

    def test_wop_lac_includes_the_national_platforms(self):
        assert {"WOP-0066", "WOP-0069", "WOP-0070"} <= set(self.found(platform="wop-lac"))

    def test_unknown_cost_is_never_nought(self):
        assert self.found(cost_max="1000") == []
        assert re.search(r"\b(USD|EUR) 0\b", self.client.get(URL, {"view": "table"}).content.decode()) is None

    def test_a_year_only_date_shows_only_the_year(self):
        page = self.client.get(URL, {"q": "SIAAP ONEA"}).content.decode()
        assert "from 2009" in page
        assert "January 2009" not in page
