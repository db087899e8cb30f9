"""The fact sheet as PDF: all its words, tagged for whoever cannot see it, within its margins, made once."""

import io
import re
import time

import pikepdf
import pytest
from django.core.cache import caches
from django.utils.translation import override
from PIL import Image

from directory.fact_sheet import document
from directory.fact_sheet.content import fact_sheet_of
from directory.fact_sheet.document import Document, drawn
from directory.profile.public_entry import public_entry
from partnerships.models import PartnershipVersion
from tests import factories
from tests.directory.test_fact_sheet import address
from tests.everything import everything
from tests.full_disks import full_after, left_in
from tests.registered import RegisterTestCase
from tests.sheets import bare, pages_of, text_of, texts_of

A4 = (595, 842)
"""Points."""
MILLIMETRES = {"left": 15, "right": 15, "top": 14, "bottom": 8}
"""As far as nothing may stand from each edge; the number of the page is lower than the words."""
LANGUAGES = ("en", "es", "fr", "pt")


def sheet_of(reference):
    return fact_sheet_of(public_entry(reference))


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def untold(sheet, pdf):
    """The texts of a sheet that its PDF does not have."""
    words = bare(text_of(pdf))
    return [text for text in texts_of(sheet) if bare(text) not in words]


def overflowing(pdf, folder):
    """The pages on which something stands in a margin."""
    resolution = 50
    return [page.name for page in pages_of(pdf, folder, resolution) if min(_edges(Image.open(page), resolution)) < 200]


def _edges(page, resolution):
    """The darkest grey in each margin."""
    width, height = page.size
    left, right, top, bottom = (round(MILLIMETRES[edge] / 25.4 * resolution) for edge in MILLIMETRES)
    boxes = [(0, 0, left, height), (width - right, 0, width, height)]
    boxes += [(0, 0, width, top), (0, height - bottom, width, height)]
    return [page.crop(box).getextrema()[0] for box in boxes]


@pytest.fixture
def kept(settings, tmp_path):
    """A cache of its own."""
    own = settings.CACHES["fact-sheets"] | {"LOCATION": tmp_path / "kept"}
    settings.CACHES = settings.CACHES | {"fact-sheets": own}
    return caches["fact-sheets"]


@pytest.fixture
def record(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()[0]


class TestTheFullestRecord:
    @pytest.fixture
    def sheet(self, record):
        return sheet_of(record.partnership.reference)

    @pytest.fixture
    def pdf(self, sheet):
        return drawn(Document(sheet).data)

    def test_it_is_told_on_two_pages_of_a4_within_the_margins(self, pdf, tmp_path):
        with opened(pdf) as file:
            assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in file.pages] == [A4, A4]
        assert overflowing(pdf, tmp_path) == []

    def test_it_lacks_no_fact(self, sheet, pdf):
        assert untold(sheet, pdf) == []

    def test_it_says_what_it_is_and_in_which_language(self, sheet, pdf):
        with opened(pdf) as file:
            assert file.Root.Lang == "en"
            assert file.Root.MarkInfo.Marked
            assert file.Root.ViewerPreferences.DisplayDocTitle
            with file.open_metadata() as told:
                assert told["dc:title"].startswith(f"{sheet.reference} The title & all")
                assert told["pdfuaid:part"] == "1"

    def test_its_structure_is_that_of_the_sheet(self, sheet, pdf):
        with opened(pdf) as file:
            parts = list(elements(file.Root.StructTreeRoot.K))
            kinds = [str(part.S) for part in parts]
            assert kinds.count("/H1") == 1
            assert kinds.count("/H2") == len(sheet.sections) + 1
            assert {"/L", "/LI", "/P", "/Link"} <= set(kinds)
            pictures = [part for part in parts if part.S == "/Figure"]
            assert [str(part.Alt) for part in pictures] == [f"QR code: {sheet.address}"]

    def test_words_in_another_language_are_marked(self, pdf):
        with opened(pdf) as file:
            parts = [part for part in elements(file.Root.StructTreeRoot.K) if "/Lang" in part]
            spans = [told for page in file.pages for told in marks_of(page) if "/Lang" in told]
            assert {"fr", "pt", "es"} <= {str(one.Lang) for one in [*parts, *spans]}

    def test_every_font_lies_within_it(self, pdf):
        with opened(pdf) as file:
            fonts = [one.DescendantFonts[0] for one in file.objects if is_font(one)]
            assert len(fonts) >= 3
            for font in fonts:
                assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())

    def test_it_is_made_within_a_second(self, sheet):
        data = Document(sheet).data
        drawn(data)
        begin = time.process_time()
        drawn(data)
        assert time.process_time() - begin < 1


def elements(kid):
    """Every element of a structure tree in reading order."""
    if isinstance(kid, pikepdf.Array):
        for one in kid:
            yield from elements(one)
    elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
        yield kid
        yield from elements(kid.get("/K"))


def marks_of(page):
    """What is told of the pieces of a page where they are drawn."""
    drawings = pikepdf.parse_content_stream(page)
    return [one.operands[1] for one in drawings if str(one.operator) == "BDC" and len(one.operands) > 1]


def is_font(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"


def test_words_that_need_more_than_two_pages_get_them(db, tmp_path):
    endless = "\n\n".join(f"Paragraph {number} has a number of words of its own. " * 8 for number in range(45))
    version = factories.published_version(approach=endless, decision_reason=endless[:7900])
    sheet = sheet_of(version.partnership.reference)
    pdf = drawn(Document(sheet).data)
    with opened(pdf) as file:
        assert len(file.pages) > 2
    assert untold(sheet, pdf) == []
    assert overflowing(pdf, tmp_path) == []


def test_a_single_paragraph_may_be_longer_than_a_page(db, tmp_path):
    version = factories.published_version(approach="Words without an end go on and on. " * 400)
    pdf = drawn(Document(sheet_of(version.partnership.reference)).data)
    words = re.sub(r"WOP-\d+ · .+ page \d of \d", "", text_of(pdf))
    assert bare(words).count("wordswithoutanend") == 400
    assert overflowing(pdf, tmp_path) == []


@pytest.mark.parametrize("words", ['#import "x" *b* $1$ @a <b> \\', "Łódź Ελλάδα Україна Việt"])
def test_what_looks_like_markup_and_other_scripts_are_words(db, words):
    version = factories.published_version(title=words)
    assert bare(words) in bare(text_of(drawn(Document(sheet_of(version.partnership.reference)).data)))


def test_a_sign_that_no_font_has_is_a_question_mark(db, monkeypatch):
    version = factories.published_version(title="Water \U00016f00 works")
    assert "Water ? works" in text_of(drawn(Document(sheet_of(version.partnership.reference)).data))


class TestAskingForIt:
    def test_it_is_sent_under_a_name_in_the_language_of_its_address(self, client, version, kept):
        response = client.get(address(version, "pt", "fact-sheet.pdf"))
        assert response.headers["Content-Type"] == "application/pdf"
        assert f"{version.partnership.reference}-pt.pdf" in response.headers["Content-Disposition"]
        with opened(response.content) as file:
            assert file.Root.Lang == "pt"

    def test_it_is_set_once_and_not_sent_again(self, client, version, kept, monkeypatch):
        first = client.get(address(version, end="fact-sheet.pdf"))
        monkeypatch.delattr(document, "drawn")
        second = client.get(address(version, end="fact-sheet.pdf"))
        assert second.content == first.content
        known = {"if-none-match": first.headers["ETag"]}
        again = client.get(address(version, end="fact-sheet.pdf"), headers=known)
        assert (again.status_code, again.content) == (304, b"")

    def test_it_says_at_once_what_has_changed(self, client, version, kept):
        before = client.get(address(version, end="fact-sheet.pdf")).headers["ETag"]
        mentor = factories.mentor_of(version)
        type(mentor).objects.filter(pk=mentor.pk).update(acronym="Renamed")
        after = client.get(address(version, end="fact-sheet.pdf"), headers={"if-none-match": before})
        assert "Renamed" in text_of(after.content)

    def test_where_nothing_can_be_kept_it_is_made_again(self, client, version, kept, tmp_path):
        with full_after(100):
            assert client.get(address(version, end="fact-sheet.pdf")).status_code == 200
        assert not left_in(tmp_path / "kept")


class TestTheRealRegister(RegisterTestCase):
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path):
        self.folder = tmp_path

    def check(self, reference, language):
        with override(language):
            sheet = sheet_of(reference)
            pdf = drawn(Document(sheet).data)
        name = f"{reference}-{language}"
        own = self.folder / name
        own.mkdir()
        assert untold(sheet, pdf) == [], name
        assert overflowing(pdf, own) == [], name
        with opened(pdf) as file:
            assert file.Root.Lang == language
            assert len(file.pages) <= 2, name

    def references(self):
        published = PartnershipVersion.objects.published().order_by("partnership__reference")
        return list(published.values_list("partnership__reference", flat=True))

    def test_twenty_of_them_going_round_the_languages(self):
        found = self.references()
        for place, reference in enumerate(found[:: len(found) // 20][:20]):
            self.check(reference, LANGUAGES[place % len(LANGUAGES)])

    @pytest.mark.whole
    def test_each_in_every_language(self):
        for reference in self.references():
            for language in LANGUAGES:
                self.check(reference, language)
