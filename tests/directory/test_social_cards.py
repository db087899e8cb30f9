"""The drawn picture of a partnership."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from directory.social_cards import drawing
from directory.social_cards.drawing import SIZE, Card, CardEnd, card_of, drawn
from directory.social_cards.text import SANS, SERIF, fitted, width_of, wrapped
from partnerships.models import Involvement, PartnershipVersion, Role
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


def address(version, language="en"):
    return f"/{language}/partnerships/{version.partnership.reference}/card.png"


def card(**changes):
    """A Card of one mentor and one mentee."""
    plain = {
        "reference": "WOP-0001",
        "title": "",
        "left": (CardEnd("Mentor", "SICSM", "Le Lamentin, Martinique"),),
        "right": (CardEnd("Mentee", "WASCO", "Castries, Saint Lucia"),),
        "is_peers": False,
        "below": ("2013 – 2015 · Completed", "Metering"),
    }
    return Card(**plain | changes)


def image(drawn_card):
    return Image.open(BytesIO(drawn(drawn_card))).convert("RGB")


def differs(first, second, box=None):
    """To the eye: the shades of soft edges are chosen for each picture anew."""
    first, second = (one.crop(box) if box else one for one in (image(first), image(second)))
    return max(high for _low, high in ImageChops.difference(first, second).getextrema()) > 60


def shown(version):
    """The Card that the address of a version answers with."""
    versions = PartnershipVersion.objects.published().filter(pk=version.pk)
    return card_of(versions.with_years().for_list().get())


def test_it_is_a_small_png_of_the_usual_shape(client, version):
    response = client.get(address(version))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", SIZE)
    assert 5_000 < len(response.content) < 60_000


def test_it_says_who_where_when_and_on_what():
    version = factories.published_version(mentor_in="MQ", starts_on="2013", ends_on="2015", status="completed")
    told = shown(version)
    assert told.reference == version.partnership.reference
    assert told.left == (CardEnd("Mentor", factories.mentor_of(version).acronym, "Martinique"),)
    assert told.right[0].place == "Saint Lucia"
    assert told.below[0] == "2013 – 2015 · Completed"


def test_it_speaks_the_language_of_its_address(client, version):
    tags = {client.get(address(version, language)).headers["ETag"] for language in ("en", "es", "fr", "pt")}
    assert len(tags) == 4


def test_every_part_of_it_is_drawn():
    other = (CardEnd("Mentor", "Other", "Paris, France"),)
    assert differs(card(), card(left=other), (0, 100, 500, 480))
    assert not differs(card(), card(left=other), (700, 100, 1200, 480))
    assert differs(card(), card(right=other), (700, 100, 1200, 480))
    assert differs(card(), card(reference="WOP-0002"), (700, 0, 1200, 100))
    assert differs(card(), card(below=("2019", "Metering")), (0, 480, 1200, 630))
    assert differs(card(), card(is_peers=True), (500, 200, 700, 400))


def test_of_many_operators_some_are_named_and_the_others_counted(version):
    for number in range(4):
        mentee = factories.OrganisationFactory()
        Involvement.objects.create(version=version, organisation=mentee, role=Role.MENTEE, position=number + 2)
    told = shown(version)
    assert len(told.right) == drawing.SHOWN + 1
    assert told.right[-1].place == "and 2 more"
    assert Image.open(BytesIO(drawn(told))).size == SIZE


def test_a_partner_that_is_not_named_is_said_to_be_so(version):
    version.involvements.filter(role=Role.MENTEE).delete()
    assert shown(version).right == (CardEnd("", "Operator not named", ""),)


class TestAskingAgain:
    def test_costs_no_drawing(self, client, version):
        tag = client.get(address(version)).headers["ETag"]
        again = client.get(address(version), headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)

    def test_shows_at_once_what_has_changed(self, client, version):
        tag = client.get(address(version)).headers["ETag"]
        mentor = factories.mentor_of(version)
        type(mentor).objects.filter(pk=mentor.pk).update(acronym="Renamed")
        assert client.get(address(version), headers={"if-none-match": tag}).status_code == 200


class TestWhatIsNotPublic:
    def test_has_no_picture(self, client):
        assert client.get(address(factories.draft_version())).status_code == 404
        assert client.get("/en/partnerships/WOP-9999/card.png").status_code == 404

    def test_is_gone_when_it_was_archived_even_for_who_has_it(self, client, version, reviewer):
        tag = client.get(address(version)).headers["ETag"]
        perform(version, "archive", by=reviewer, comment="Entered twice")
        response = client.get(address(version), headers={"if-none-match": tag})
        assert response.status_code == 410
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"

    def test_does_not_show_in_the_picture_of_what_is(self, client, version, author):
        tag = client.get(address(version)).headers["ETag"]
        draft = clone(version, by=author)
        type(draft)._base_manager.filter(pk=draft.pk).update(title="Draft", starts_on="1999")
        draft.involvements.all().delete()
        assert client.get(address(version)).headers["ETag"] == tag


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_portal_has_a_picture_too(client, language):
    response = client.get(f"/{language}/card.png")
    assert Image.open(BytesIO(response.content)).size == SIZE
    assert client.get(f"/{language}/card.png", headers={"if-none-match": response.headers["ETag"]}).status_code == 304


# --- letters ------------------------------------------------------------------------------------------------

LONG = "Empresa Pública Metropolitana de Agua Potable y Saneamiento de Quito"


def test_a_long_name_stands_in_several_lines_and_smaller():
    size, lines = fitted(LONG, SERIF, 600, width=420, lines=4, sizes=(66, 56, 48, 40, 34))
    assert size < 66
    assert " ".join(lines) == LONG
    assert all(width_of(line, SERIF, size, 600) <= 420 for line in lines)


def test_what_does_not_fit_at_all_is_cut_and_says_so():
    size, lines = fitted("x" * 300 + " " + LONG, SERIF, 600, width=420, lines=3, sizes=(40, 30))
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, SERIF, size, 600) <= 420 for line in lines)


def test_a_short_name_keeps_the_largest_size():
    assert fitted("ONEA", SERIF, 600, width=420, lines=4, sizes=(66, 34)) == (66, ["ONEA"])
    assert fitted("", SANS, 400, width=420, lines=1, sizes=(30,)) == (30, [])
    assert wrapped("a b c", SANS, 30, 400, 10) == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["São Tomé", "Łódź", "Côte d’Ivoire", "Ștefan", "Trường", "Ελλάδα", "Київ"])
def test_letters_with_accents_are_drawn_and_not_left_out(text):
    bare = "".join(letter for letter in text if letter.isascii())
    assert width_of(text, SERIF, 40, 600) > width_of(bare, SERIF, 40, 600)
    assert differs(card(left=(CardEnd("", text, ""),)), card(left=(CardEnd("", bare or "x", ""),)))


def test_an_accent_on_its_own_is_drawn_like_the_letter():
    assert width_of("e\u0301", SERIF, 40, 600) == width_of("é", SERIF, 40, 600)


@pytest.mark.parametrize("text", ["水", "\x0b", "\u200b\x1f", "😀"])
def test_signs_that_the_fonts_do_not_have_are_left_out(text):
    assert width_of(f"a{text}b", SANS, 40, 400) == width_of("a", SANS, 40, 400) + width_of("b", SANS, 40, 400)
