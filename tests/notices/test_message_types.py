"""Every kind of message has its words, and all words belong to a kind."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context

from notices.message_types import MESSAGE_TYPES, OUT_OF_THE_ORDINARY
from notices.rendering import templates_of

FOLDER = settings.BASE_DIR / "templates/emails"
CODE = "".join(
    path.read_text(encoding="utf-8")
    for config in apps.get_app_configs()
    if Path(config.path).parent == settings.BASE_DIR
    for path in Path(config.path).rglob("*.py")
    if path.name != "message_types.py"
)


def test_every_kind_has_its_words_and_all_words_belong_to_a_kind():
    files = {path.stem for path in FOLDER.glob("*.txt") if not path.stem.startswith("_")}
    assert files == set(MESSAGE_TYPES)
    assert set(OUT_OF_THE_ORDINARY) <= files


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_the_subject_is_the_first_line_and_complete_there(kind):
    subject, body, _why = templates_of(kind)
    assert re.search(r"translate", subject.source)
    assert body.source.strip()


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_the_last_line_says_why_it_was_sent(kind):
    _subject, _body, why = templates_of(kind)
    assert re.fullmatch(r"You get this mail because [^\n]+\.\n+", why.render(Context()))


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_somebody_tells_it(kind):
    assert f'"{kind}"' in CODE


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_codes_fit_into_their_column_and_into_addresses(kind):
    assert re.fullmatch(r"[a-z-]{1,40}", kind)


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_a_link_that_only_the_mail_tells_leaves_at_once(kind):
    assert MESSAGE_TYPES[kind].at_once or not MESSAGE_TYPES[kind].secrets
