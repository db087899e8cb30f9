"""What readers of other languages get: translations where they fit, else the original, which is one link away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from lxml.html import fromstring

from directory.social_cards.drawing import card_of
from partnerships.models import Objective, PartnershipVersion, Quotation, Track
from reports.models import ReportObjective, ReportResult
from tests import factories
from tests.directory.test_everything import languages_of
from tests.indexing import up_to_date
from tests.translating import published_again, translated

pytestmark = pytest.mark.django_db

SUMMARY = "Meters were read twice a year."
RESUMEN = "Los medidores se leían dos veces al año."


@pytest.fixture
def told(version):
    """A public version whose summary, title and objective are told in Spanish too."""
    PartnershipVersion.objects.filter(pk=version.pk).update(summary=SUMMARY, title="Meters for all")
    version.refresh_from_db()
    objective = Objective.objects.create(version=version, text="Read every meter", position=1)
    translated(version, "summary", RESUMEN)
    translated(version, "title", "Medidores para todos")
    translated(version, "text", "Leer cada medidor", row=objective)
    version.refresh_search()
    return version


def page(client, version, language="es", **query):
    with override(language):
        answer = client.get(version.get_absolute_url(), query)
    assert answer.status_code == 200
    return answer.content.decode()


def main_of(html):
    return f"<main lang='es'{html.split('<main', 1)[1]}"


def listed(client, name="directory:partnerships", language="es", **query):
    with override(language):
        return client.get(reverse(name), query).content.decode()


# --- the page ---------------------------------------------------------------------------------------------


def test_a_reader_gets_the_translation_and_a_line_that_says_so(client, told):
    html = page(client, told)
    for text in (RESUMEN, "Medidores para todos", "Leer cada medidor"):
        assert languages_of(main_of(html), text) == {"es"}
    assert SUMMARY not in html
    assert "Read every meter" not in html
    assert fromstring(html).xpath('//p[@class="reading"]/a/@href') == ["?original=1"]


def test_the_original_is_one_link_away_and_marked_with_its_language(client, told):
    html = page(client, told, original="1")
    for text in (SUMMARY, "Read every meter"):
        assert languages_of(main_of(html), text) == {"en"}
    assert RESUMEN not in html
    assert fromstring(html).xpath('//p[@class="reading"]/a/@href') == ["?"]


@pytest.mark.parametrize("language", ["en", "fr", "pt"])
def test_readers_of_other_languages_get_the_original_without_a_line(client, told, language):
    html = page(client, told, language)
    assert SUMMARY in html
    assert RESUMEN not in html
    assert "?original=1" not in html


def test_a_part_that_has_changed_since_stands_as_it_was_written(client, told, author, reviewer):
    now = published_again(told, author, reviewer, summary="Meters are read every month.")
    html = page(client, now)
    assert languages_of(main_of(html), "Meters are read every month.") == {"en"}
    assert RESUMEN not in html
    assert "Leer cada medidor" in html
    assert fromstring(html).xpath('//*[@class="reading-stale"]')


def test_the_version_before_still_reads_as_it_did(client, told, author, reviewer):
    published_again(told, author, reviewer, summary="Meters are read every month.")
    with override("es"):
        address = reverse("directory:version", args=[told.partnership.reference, 1])
    html = client.get(address).content.decode()
    assert RESUMEN in html
    assert "reading-stale" not in html


def test_a_quotation_keeps_its_words_and_has_its_gist_beside_them(client, told):
    row = Quotation.objects.create(version=told, text="We learn", language="en", has_consent=True, position=1)
    translated(told, "text", "Aprendemos", row=row)
    quote = fromstring(page(client, told)).xpath('//figure[@class="quote"]')[0]
    assert quote.xpath("string(blockquote)").strip() == "We learn"
    assert quote.xpath('string(p[@class="quote-gist"])') == "Aprendemos"


def test_a_row_in_a_language_of_its_own_is_translated_from_that_one(client, told):
    row = Objective.objects.create(version=told, text="Compter l'eau", language="fr", position=2)
    translated(told, "text", "Medir el agua", row=row)
    html = page(client, told)
    assert "Medir el agua" in html
    assert "francés" in fromstring(html).xpath('string(//p[@class="reading"])')


def test_a_report_reads_so_too_and_calls_its_tracks_as_the_page_of_the_wop_does(client, told):
    track = Track.objects.create(version=told, title="Metering", description="Bench", position=1)
    translated(told, "title", "Micromedición", row=track)
    report = factories.published_report(partnership=told.partnership, overall_results="Half are read.")
    result = ReportResult.objects.create(
        version=report, track_key=track.key, track_title="Metering", text="A bench stands", position=1
    )
    translated(report, "text", "Hay un banco", row=result)
    translated(report, "overall_results", "Se lee la mitad.")
    ReportObjective.objects.create(version=report, text="Nobody translated this", position=1)
    html = page(client, report)
    for text in ("Hay un banco", "Se lee la mitad.", "Micromedición"):
        assert text in html
    assert "Metering" not in html
    assert languages_of(main_of(html), "Nobody translated this") == {"en"}


def test_who_cites_it_uses_the_title_that_it_has_everywhere(client, told):
    assert "Meters for all" in fromstring(page(client, told)).xpath('string(//*[@class="cite"])')


# --- lists, map, feeds, cards, search ---------------------------------------------------------------------


def test_lists_and_the_home_page_show_it(client, told):
    assert RESUMEN in listed(client)
    assert "Medidores para todos" in listed(client, view="map")
    assert RESUMEN in listed(client, "directory:home")
    assert RESUMEN not in listed(client, language="fr")


def test_a_list_costs_the_same_however_many_are_translated(client, told):
    def cost():
        up_to_date()
        with CaptureQueriesContext(connection) as queries:
            listed(client)
        return len(queries)

    cost()
    one = cost()
    for number in range(3):
        other = factories.published_version(summary=f"Summary {number}", title=f"Title {number}")
        translated(other, "summary", f"Resumen {number}")
        translated(other, "title", f"Título {number}")
    assert cost() == one


def test_the_feeds_bring_it_in_its_language(client, told):
    feed = listed(client, "directory:partnership-feed")
    assert "Medidores para todos" in feed
    assert 'xml:lang="es"' in feed
    assert RESUMEN in feed
    report = factories.published_report(partnership=told.partnership, overall_results="Half are read.")
    translated(report, "overall_results", "Se lee la mitad.")
    assert "Se lee la mitad." in listed(client, "directory:report-feed")


def test_the_picture_beside_a_link_has_the_title_of_its_language(told):
    versions = PartnershipVersion.objects.filter(pk=told.pk).with_years()
    with override("es"):
        assert card_of(versions.for_list().get()).title == "Medidores para todos"
    with override("fr"):
        assert card_of(versions.for_list().get()).title == "Meters for all"


def test_words_of_every_language_find_it_and_those_that_fit_no_longer_do_not(client, told, author, reviewer):
    reference = told.partnership.reference
    for words in ("leian", "medidores para todos", "meters"):
        assert reference in listed(client, q=words)
    published_again(told, author, reviewer, summary="Meters are read every month.")
    assert reference not in listed(client, q="leian")
    assert reference in listed(client, q="leer cada")


def test_a_search_shows_what_is_translated(client, told):
    assert "se leían dos veces al año" in listed(client, "directory:search", q="medidores")
    assert "were read twice a year" in listed(client, "directory:search", q="medidores", language="fr")
    report = factories.published_report(partnership=told.partnership, overall_results="Half are read.")
    translated(report, "overall_results", "Se lee la mitad.")
    assert "Se lee la" in listed(client, "directory:search", q="mitad", kind="reports")


def test_other_programs_hear_of_the_languages(client, told):
    head = fromstring(page(client, told)).xpath("/html/head")[0]
    assert head.xpath('meta[@property="og:locale"]/@content') == ["es_LA"]
    assert "Medidores para todos" in head.xpath('meta[@property="og:title"]/@content')[0]
    assert '"inLanguage": "es"' in head.xpath('string(script[@type="application/ld+json"])')
