"""References as people write them lead to the right address, of page and API."""

import pytest

ADDRESSES = [
    "/en/partnerships/{}/",
    "/es/partnerships/{}/history/",
    "/en/partnerships/{}/versions/1/",
    "/en/partnerships/{}/card.png",
    "/en/partnerships/{}/fact-sheet/",
    "/en/partnerships/{}/fact-sheet.pdf",
    "/api/v1/partnerships/{}/",
    "/api/v1/partnerships/{}/?labels=es",
    "/api/v1/partnerships/{}.iati.xml",
]


def ways_to_write(reference):
    number = int(reference.removeprefix("WOP-"))
    return [f"wop-{number}", f"WOP-{number}", f"wop_{number}", f"Wop{number}", reference.lower(), f"WOP-000{number:04}"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reference_in_any_writing_leads_to_its_one_address(client, version, address):
    reference = version.partnership.reference
    for written in ways_to_write(reference):
        response = client.get(address.format(written))
        assert (response.status_code, response.headers.get("Location")) == (301, address.format(reference)), written
    assert client.get(address.format(reference)).status_code != 301


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["wop-0", "wop-x", "wop-1-2", "wop", "1", "xwop-1", "wop-123456789"])
def test_what_is_no_reference_is_not_found(client, written):
    assert client.get(f"/en/partnerships/{written}/").status_code == 404


def test_only_questions_are_led_elsewhere(client, version):
    assert client.post("/en/partnerships/wop-1/").status_code in (403, 404, 405)
