"""Every kind of message has its words, and all words belong to a kind."""

import re

import pytest
from django.conf import settings

from notices.message_types import MESSAGE_TYPES
from notices.rendering import templates_of

FOLDER = settings.BASE_DIR / "templates/emails"


def test_every_kind_has_its_words_and_all_words_belong_to_a_kind():
    files = {path.stem for path in FOLDER.glob("*.txt") if not path.stem.startswith("_")}
    assert files == set(MESSAGE_TYPES)


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_the_subject_is_the_first_line_and_complete_there(kind):
    subject, body = templates_of(kind)
    assert re.search(r"translate", subject.source)
    assert body.source.strip()


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_codes_fit_into_their_column_and_into_addresses(kind):
    assert re.fullmatch(r"[a-z-]{1,40}", kind)


@pytest.mark.parametrize("kind", MESSAGE_TYPES)
def test_a_link_that_only_the_mail_tells_leaves_at_once(kind):
    assert MESSAGE_TYPES[kind].at_once or not MESSAGE_TYPES[kind].secrets
