"""Documents as LibreOffice writes them are all taken: ten that are kept here, and two hundred new ones."""

from pathlib import Path

import pytest

from tests.partnerships import libreoffice
from tests.partnerships.checking import check

KEPT = sorted((Path(__file__).parent / "documents").iterdir())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_a_written_document_is_taken(path):
    """Among them a PDF whose packed bytes spell a tag near the beginning."""
    assert check(path.name, path.read_bytes()).content == path.read_bytes()


def test_the_kept_ones_are_of_all_kinds():
    endings = {ending for endings in libreoffice.KINDS.values() for ending in endings}
    assert {path.suffix[1:] for path in KEPT} == endings
    assert len(KEPT) == 10
    assert any(b"<a" in path.read_bytes()[:1024].lower() for path in KEPT if path.suffix == ".pdf")


@pytest.mark.whole
def test_two_hundred_new_documents_are_taken(tmp_path):
    assert libreoffice.is_there(), "scripts/test all installs LibreOffice (Debian: libreoffice-writer-nogui and others)"
    documents = libreoffice.written_documents(tmp_path, 200)
    assert len(documents) >= 200
    for path in documents:
        assert check(path.name, path.read_bytes())
