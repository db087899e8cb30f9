"""The register separated by tabs: offered, downloaded, described."""

import csv
import io

from api.openapi.document import document
from tests.exports.exporting import fetch


def test_the_file_holds_a_row_for_each_partnership_that_was_asked_for(client, version):
    answer = fetch(client, "tsv", {"country": "LC"})
    assert answer.headers["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    assert ".tsv" in answer.headers["Content-Disposition"]
    [row] = csv.DictReader(io.StringIO(answer.body.decode()), delimiter="\t")
    assert (row["reference"], row["title"]) == (version.partnership.reference, version.title)
    assert answer.headers["X-Total-Count"] == "1"
    assert fetch(client, "tsv", {"country": "PE"}).headers["X-Total-Count"] == "0"


def test_the_directory_offers_it(client, version):
    page = client.get("/en/partnerships/?country=LC").content.decode()
    assert 'href="/api/v1/partnerships.tsv?country=LC&amp;labels=en"' in page.replace("&labels", "&amp;labels")
    assert '"encodingFormat": "text/tab-separated-values"' in page


def test_the_description_of_the_api_names_it():
    answer = document("en")["paths"]["/api/v1/partnerships.tsv"]["get"]["responses"]["200"]
    assert list(answer["content"]) == ["text/tab-separated-values"]
