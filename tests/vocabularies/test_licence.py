"""One setting says by which licence the register's own words may be used, in every channel."""

import pytest

from tests import factories
from tests.test_environment import told_by
from vocabularies import licence

ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("stated", "words", "address"),
    [
        ("CC BY 4.0", "CC BY 4.0", ADDRESS),
        (ADDRESS, ADDRESS, ADDRESS),
        ("Ask us", "Ask us", ""),
        ("", "not yet decided", ""),
    ],
)
def test_its_words_and_where_it_stands(settings, stated, words, address):
    settings.DATA_LICENCE = stated
    assert (licence.words(), licence.address()) == (words, address)


@pytest.mark.parametrize(
    ("line", "stated"), [("", "CC BY 4.0"), ("DATA_LICENCE=none", ""), ("DATA_LICENCE=Ours", "Ours")]
)
def test_it_is_open_unless_somebody_says_otherwise(tmp_path, line, stated):
    file = tmp_path / "portal.env"
    file.write_text(f"SECRET_KEY={'x' * 60}\nDEBUG=1\n{line}\n")
    assert told_by(file, "print(s.DATA_LICENCE)") == f"{stated}\n"


def test_pages_link_it_and_the_api_names_it(db, client):
    factories.published_version()
    for address in ("/en/", "/es/partnerships/", "/fr/about/what-is-a-wop/"):
        assert f'href="{ADDRESS}"' in client.get(address).text, address
    described = client.get("/api/v1/schema/").json()
    assert described["info"]["license"] == {"name": "CC BY 4.0", "url": ADDRESS}
