"""What is refused reads the same on the pages and in the API, and stands under the same name."""

import pytest
from django.urls import reverse

from partnerships.services import save_draft, start_new_version
from reports.services import start_report
from reviews.workflow import perform
from tests import factories, sample_files
from tests.api.writing import Program, base_of
from tests.posting import fields_of
from vocabularies.models import ImprovementArea, Term


@pytest.fixture
def draft(version, author):
    made = start_new_version(version.partnership, author)
    return save_draft(made, by=author, revision=made.revision, fields={"summary": "They go on."})


@pytest.fixture
def report(version, author):
    return start_report(author, partnership=version.partnership, kind="periodic", period="2016")


@pytest.fixture
def program(client, author):
    """Signed in on the pages, and with a token for the API."""
    client.force_login(author)
    return Program(client, author)


def told_by_page(client, url, typed):
    """{name: [words]} of what the page at ``url`` says after ``typed``; "" for the whole."""
    response = client.post(url, fields_of(client.get(url)) | typed)
    assert response.status_code == 200, "saved"
    form = response.context["section_form"]
    told = {problem.id_for_label.removeprefix("id_"): list(problem.errors) for problem in form.problems}
    return told | ({"": form.non_field_errors} if form.non_field_errors else {})


def told_by_api(program, version, sent):
    address = f"{base_of(version)}draft/"
    program.get(address)
    response = program.patch(address, sent)
    assert response.status_code == 400, response.content
    return response.json()["errors"]


def rows(name, **values):
    """One row as a browser sends it."""
    return {f"{name}-sent": "1", **{f"{name}-0-{column}": value for column, value in values.items()}}


BOTH = [
    ("basics", {"title": "x" * 201}, {"title": "x" * 201}),
    ("basics", {"starts_on": "2014-13"}, {"starts_on": "2014-13"}),
    ("basics", {"starts_on": "2015", "ends_on": "2014"}, {"starts_on": "2015", "ends_on": "2014"}),
    ("basics", {"status": "asleep"}, {"status": "asleep"}),
    ("basics", {"summary": "a" * 20_001}, {"summary": "a" * 20_001}),
    ("money", {"cost_amount": "60000"}, {"cost_amount": 60000}),
    ("money", {"cost_amount": "-1", "cost_currency": "USD"}, {"cost_amount": "-1", "cost_currency": "USD"}),
    ("money", {"cost_amount": "1.234", "cost_amount_reading": "1.234"}, {"cost_amount": 1.234}),
    ("money", {"cost_amount": "many"}, {"cost_amount": "many"}),
    ("money", {"cost_currency": "U$D"}, {"cost_currency": "U$D"}),
    (
        "money",
        {"cost_usd_rate": "-2", "cost_usd_rate_on": "2015", "cost_usd_rate_source": "A list"},
        {"cost_usd_rate": -2, "cost_usd_rate_on": "2015", "cost_usd_rate_source": "A list"},
    ),
    ("money", rows("payments", share="-1"), {"payments": [{"share": "-1"}]}),
    ("course", rows("links", title="A", url="nonsense"), {"links": [{"title": "A", "url": "nonsense"}]}),
    ("course", rows("related", partnership="", relation="later"), {"related": [{"relation": "later"}]}),
    ("objectives", rows("objectives", language="fr"), {"objectives": [{"language": "fr"}]}),
    ("objectives", {"open-approach": "not-yet", "approach": "So"},
     {"unanswered": {"approach": "not-yet"}, "approach": "So"}),
    ("objectives", {"open-approach": "never"}, {"unanswered": {"approach": "never"}}),
    ("results", rows("results", latest="5"), {"results": [{"latest": "5"}]}),
    ("tracks", rows("tracks", area="999999"), {"tracks": [{"area": "no-such-area"}]}),
    ("voices", rows("quotations", text="We learn"), {"quotations": [{"text": "We learn"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("section", "typed", "sent"), BOTH)
def test_both_doors_refuse_with_the_same_words_and_names(program, draft, section, typed, sent):
    page = told_by_page(program.client, reverse("partnerships:section", args=[draft.pk, section]), typed)
    assert told_by_api(program, draft, sent) == page
    assert page


def test_a_retired_term_is_not_on_offer(program, draft):
    area = ImprovementArea.objects.get(code="metering")
    Term.objects.filter(pk=area.pk).update(is_active=False)
    url = reverse("partnerships:section", args=[draft.pk, "tracks"])
    page = told_by_page(program.client, url, rows("tracks", area=str(area.pk)))
    assert told_by_api(program, draft, {"tracks": [{"area": "metering"}]}) == page


def test_what_was_chosen_before_it_was_retired_may_be_kept(program, draft, author):
    area = ImprovementArea.objects.get(code="metering")
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"tracks": [{"area": area.pk}]})
    Term.objects.filter(pk=area.pk).update(is_active=False)
    address = f"{base_of(draft)}draft/"
    [row] = program.get(address).json()["tracks"]
    sent = [{"key": row["key"], "title": "Meters"}, {"area": "metering"}]
    assert program.patch(address, {"tracks": sent}).status_code == 200


def test_other_asks_which(program, report):
    other = Term.objects.of("activity").get(code="other")
    url = reverse("reports:section", args=[report.pk, "activities"])
    page = told_by_page(program.client, url, {"activity": [str(other.pk)], f"activity-words-{other.pk}": ""})
    api = told_by_api(program, report, {"activity": [{"code": "other"}]})
    assert (list(page), list(api)) == ([f"activity-words-{other.pk}"], ["activity-0-explanation"])
    assert list(page.values()) == list(api.values())


def test_a_list_has_an_answer_or_a_reason(program, report):
    term = Term.objects.of("activity").first()
    url = reverse("reports:section", args=[report.pk, "activities"])
    page = told_by_page(program.client, url, {"activity": [str(term.pk)], "open-activity": "not-yet"})
    assert (
        told_by_api(program, report, {"activity": [{"code": term.code}], "unanswered": {"activity": "not-yet"}}) == page
    )


def test_a_result_belongs_to_a_track_of_the_partnership(program, report):
    key = "11111111-2222-4333-8444-555555555555"
    url = reverse("reports:section", args=[report.pk, "results"])
    page = told_by_page(program.client, url, rows("results", track_key=key, text="Less"))
    assert told_by_api(program, report, {"results": [{"track_key": key, "text": "Less"}]}) == page


@pytest.mark.parametrize(
    "sent", [{"kind": "periodic", "period": ""}, {"kind": "periodic", "period": "two years"}, {"kind": "diary"}]
)
def test_a_report_is_begun_with_the_same_words(program, version, sent):
    page = program.client.post(reverse("reports:new", args=[version.partnership.reference]), sent)
    api = program.post(reverse("api:partnership-reports", args=[version.partnership.reference]), sent)
    assert api.status_code == 400
    assert api.json()["errors"] == dict(page.context["form"].errors.items())


@pytest.mark.parametrize("sent", [{"role": ""}, {"role": "mentor", "title": "x" * 201}])
def test_a_partnership_is_begun_with_the_same_words(program, version, sent):
    organisation = factories.mentor_of(version)
    page = program.client.post(reverse("partnerships:new"), {"behalf": f"organisation-{organisation.pk}"} | sent)
    api = program.post(reverse("api:partnerships"), {"organisation": organisation.key} | sent)
    assert api.json()["errors"] == dict(page.context["form"].errors.items())


@pytest.mark.parametrize("sent", [{"name": "", "country": "LC"}, {"name": "Aqua", "country": ""}])
def test_a_partner_is_added_with_the_same_words(program, draft, sent):
    url = reverse("partnerships:section", args=[draft.pk, "partners"])
    typed = {f"partner-{name}": value for name, value in (sent | {"kind": "operator"}).items()} | {"partner-add": "1"}
    page = program.client.post(url, fields_of(program.client.get(url)) | typed).context["section_form"].partner
    api = program.post(reverse("api:organisations"), sent | {"kind": "operator"})
    assert api.json()["errors"] == dict(page.errors.items())


def test_a_look_alike_is_shown_on_both_doors(program, draft):
    known = factories.OrganisationFactory(name="Aqua Nova", acronym="AN", country_id="LC")
    sent = {"name": "Aqua Nova", "kind": "operator", "country": "LC"}
    url = reverse("partnerships:section", args=[draft.pk, "partners"])
    typed = {f"partner-{name}": value for name, value in sent.items()} | {"partner-add": "1"}
    page = program.client.post(url, fields_of(program.client.get(url)) | typed).context["section_form"].partner
    api = program.post(reverse("api:organisations"), sent)
    assert (api.status_code, api.json()["code"]) == (409, "look_alikes")
    assert [one["key"] for one in api.json()["look_alikes"]] == [one.key for one in page.similar] == [known.key]
    added = program.post(reverse("api:organisations"), sent | {"confirm_new": True})
    assert (added.status_code, added.json()["key"]) == (201, "aqua-nova")


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b""), ("a.exe", b"MZ"), ("a.pdf", sample_files.of_kind("png"))]
)
def test_a_file_is_refused_with_the_same_words(program, draft, name, content):
    url = reverse("partnerships:files", args=[draft.pk])
    typed = {"description": "A file", "held": "file", "revision": draft.revision, "language": ""}
    page = program.client.post(url, typed | {"upload": sample_files.upload(name, content)})
    address = f"{base_of(draft)}draft/attachments/"
    program.get(address)
    api = program.upload(address, {"description": "A file", "file": sample_files.upload(name, content)})
    assert api.status_code == 400
    assert api.json()["errors"] == {"file": list(page.context["form"].errors["upload"])[:1]}


def test_a_file_needs_a_description_on_both_doors(program, draft):
    url = reverse("partnerships:files", args=[draft.pk])
    typed = {"description": "", "held": "reference", "revision": draft.revision, "language": "xx"}
    page = program.client.post(url, typed)
    address = f"{base_of(draft)}draft/attachments/"
    program.get(address)
    sent = {"url": "https://elsewhere.example/", "description": ""}
    assert program.post(address, sent).json()["errors"] == {"description": page.context["form"].errors["description"]}
    sent |= {"description": "Slides", "language": "xx"}
    assert program.post(address, sent).json()["errors"] == {"language": ["Choose one from the list “language”."]}


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}, {"answer": "differs", "text": ""}])
def test_an_answer_is_refused_with_the_same_words(client, draft, author, counterpart, sent):
    entry = perform(draft, "submit", by=author)
    client.force_login(counterpart)
    named = {"organisation": factories.mentee_of(entry).pk}
    page = client.post(reverse("desk:confirm", args=["partnership", entry.pk]), named | sent)
    program = Program(client, counterpart)
    address = f"{base_of(entry)}draft/confirmation/"
    program.get(address)
    assert program.post(address, sent).json()["errors"] == dict(page.context["form"].errors.items())


def test_a_reason_and_a_remark_are_asked_for_with_the_same_words(client, draft, author, reviewer):
    entry = perform(draft, "submit", by=author)
    client.force_login(reviewer)
    place = ["partnership", entry.pk]
    page = client.post(reverse("desk:step", args=[*place, "reject"]), {"revision": entry.revision, "comment": " "})
    program = Program(client, reviewer)
    program.get(f"{base_of(entry)}draft/")
    api = program.step(base_of(entry), "reject", " ").json()["errors"]
    assert api == {"comment": page.context["form"].errors["comment"]}
    page = client.post(reverse("desk:comment", args=[*place, "entry"]), {"text": " "})
    api = program.post(f"{base_of(entry)}draft/comments/", {"text": " "}).json()["errors"]
    assert api == {"text": page.context["form"].errors["text"]}


def test_what_is_missing_reads_as_on_the_page_that_checks(program, report):
    gaps = program.client.get(reverse("reports:check", args=[report.pk])).context["gaps"]
    missing = program.get(f"{base_of(report)}draft/").json()["missing"]
    assert [one["text"] for one in missing] == [gap.text for gap in gaps]
    assert missing
