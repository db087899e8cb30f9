"""A client that openapi-python-client writes from the description works with a real portal, without a hand's change."""

import importlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests import register_files as files
from tests import sample_files

GENERATOR = Path(sys.executable).with_name("openapi-python-client")
PACKAGE = "written_client"
SETTINGS = """
content_type_overrides:  # files of bytes, of which the generator does not know that they are
  application/jsonl: application/octet-stream
  application/xml: application/octet-stream
  application/zip: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
post_hooks: []  # nobody reads how it is laid out
"""
TITLE = "SICSM – WASCO, by a client"


class Written:
    """The generated client. ``call`` sends one operation as somebody."""

    def __init__(self, address, tokens):
        self.models = importlib.import_module(f"{PACKAGE}.models")
        self.types = importlib.import_module(f"{PACKAGE}.types")
        clients = importlib.import_module(PACKAGE)
        options = {"base_url": address, "raise_on_unexpected_status": True, "timeout": 60}
        self.nobody = clients.Client(**options)
        self.author = clients.AuthenticatedClient(token=tokens["WOP_TOKEN"], **options)
        self.reviewer = clients.AuthenticatedClient(token=tokens["WOP_REVIEWER_TOKEN"], **options)

    def call(self, client, operation, *place, status=200, **more):
        """(what was answered, its ETag)"""
        module = importlib.import_module(f"{PACKAGE}.api.partnerships.{operation}")
        answer = module.sync_detailed(*place, client=client, **more)
        assert answer.status_code == status, answer.content
        return answer.parsed, answer.headers.get("ETag")


@pytest.fixture(scope="module")
def written(for_programs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("client")
    (folder / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    place = ["--output-path", folder / PACKAGE, "--config", folder / "settings.yml"]
    command = [GENERATOR, "generate", "--url", f"{for_programs.address}/api/v1/schema/", "--meta", "none"]
    result = subprocess.run([*command, *place, "--fail-on-warning"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "WARNING" not in result.stdout
    sys.path.insert(0, str(folder))
    yield Written(for_programs.address, for_programs.tokens)
    sys.path.remove(str(folder))


def test_it_lists_and_filters(written):
    everything, _tag = written.call(written.nobody, "partnerships_list", page_size=100)
    assert len(everything.results) == min(everything.count, 100)
    assert everything.count >= files.number("partnerships")
    some, _tag = written.call(written.nobody, "partnerships_list", country=["LC"], q="martinique")
    assert "WOP-0001" in [one.reference for one in some.results]
    one, tag = written.call(written.nobody, "partnerships_read", "WOP-0001")
    assert {row.role.code.value for row in one.involvements} >= {"mentor", "mentee"}
    written.call(written.nobody, "partnerships_read", "WOP-0001", if_none_match=tag, status=304)


def test_what_is_refused_is_told_as_a_problem(written):
    problem, _tag = written.call(written.nobody, "partnerships_read", "WOP-9999", status=404)
    assert (problem.status, problem.code) == (404, "not_found")


def test_it_drafts_uploads_submits_and_publishes(written):
    call, models = written.call, written.models
    new = models.NewPartnershipRequest(organisation="sicsm", role=models.NewPartnershipRequestRole.MENTOR, title=TITLE)
    draft, tag = call(written.author, "partnerships_begin", body=new, status=201)
    assert [gap.name for gap in draft.missing] == ["summary", "involvements"]
    place = draft.reference

    sides = [("sicsm", "mentor"), ("wasco-lc", "mentee")]
    change = models.PatchedPartnershipDraftRequest.from_dict(
        {
            "summary": "Less water is lost.",
            "involvements": [{"organisation": organisation, "role": role} for organisation, role in sides],
        }
    )
    draft, tag = call(written.author, "partnerships_draft_change", place, body=change, if_match=tag)
    assert draft.missing == []

    file = written.types.File(io.BytesIO(sample_files.of_kind("pdf")), "slides.pdf", "application/pdf")
    form = models.NewAttachmentFormRequest(description="Slides", file=file)
    attached, tag = call(written.author, "partnerships_attachments_add", place, body=form, if_match=tag, status=201)
    assert (attached.file.name, attached.file.media_type) == ("slides.pdf", "application/pdf")

    step = models.NewStepRequest()
    actions = models.PartnershipsTransitionAction
    steps = {"body": step, "if_match": tag}
    standing, tag = call(written.author, "partnerships_transition", place, actions.SUBMIT, **steps)
    assert [one.action for one in standing.next_steps] == ["withdraw"]
    steps = {"body": step, "if_match": tag}
    call(written.author, "partnerships_transition", place, actions.PUBLISH, status=403, **steps)
    call(written.reviewer, "partnerships_transition", place, actions.PUBLISH, **steps)

    public, _tag = call(written.nobody, "partnerships_read", place)
    assert public.title == TITLE
    assert [one.description for one in public.attachments] == ["Slides"]
