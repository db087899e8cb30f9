"""Labels speak the reader's language; codes never do (docs/decisions, languages of the API)."""

import pytest

pytestmark = pytest.mark.django_db
TERM = "/api/v1/terms/improvement_area/metering/"
LABELS = {"en": "Metering", "es": "Medición del consumo", "fr": "Comptage", "pt": "Medição do consumo"}


@pytest.mark.parametrize(("language", "label"), LABELS.items())
def test_labels_are_in_the_language_that_is_asked_for(client, language, label):
    for answer in (
        client.get(TERM, {"labels": language}),
        client.get(TERM, headers={"accept-language": language}),
        client.get(TERM, {"labels": language}, headers={"accept-language": "en"}),
    ):
        assert answer.json()["label"] == label
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "language"),
    [("es-MX,es;q=0.9,en;q=0.5", "es"), ("de,fr;q=0.4", "fr"), ("de", "en"), ("*", "en"), ("", "en")],
)
def test_a_browser_may_ask_for_several_languages(client, asked, language):
    answer = client.get(TERM, headers={"accept-language": asked})
    assert (answer.json()["code"], answer.json()["label"]) == ("metering", LABELS[language])


def test_codes_and_words_of_the_entry_stay_as_they_are(client, version):
    path = f"/api/v1/partnerships/{version.partnership.reference}/"
    english, french = (client.get(path, {"labels": language}).json() for language in ("en", "fr"))
    assert english["title"] == french["title"]
    assert english["status"]["code"] == french["status"]["code"]
    assert english["status"]["label"] != french["status"]["label"]
    assert french["url"].endswith(f"/fr/partnerships/{version.partnership.reference}/")


def test_languages_have_answers_with_tags_of_their_own(client):
    tags = {client.get(TERM, {"labels": language}).headers["ETag"] for language in LABELS}
    assert len(tags) == 4


def test_language_is_a_filter_and_labels_chooses_the_language(client, version):
    found = client.get("/api/v1/partnerships/", {"language": "fr", "labels": "es"})
    assert (found.json()["count"], found.headers["Content-Language"]) == (0, "es")


def test_refusals_speak_the_language_of_the_labels(client):
    answer = client.get("/api/v1/partnerships/", {"labels": "es", "year_from": "x"})
    assert answer.headers["Content-Language"] == "es"
    assert answer.json()["errors"]["year_from"] == ["Escriba un año, por ejemplo 2014."]


def test_another_language_is_refused(client):
    answer = client.get(TERM, {"labels": "de"})
    assert answer.json()["errors"] == {"labels": ["“de” is not possible; possible are en, es, fr, pt."]}
