"""Where a virus scanner is set, nothing is taken that it did not call clean."""

import sys

import pytest

from tests.partnerships.checking import check, refusal
from tests.sample_files import pdf


@pytest.fixture
def scanner(tmp_path, settings):
    """A program that stands for a virus scanner, written as the test needs it."""

    def install(body):
        program = tmp_path / "scanner.py"
        program.write_text(body)
        settings.UPLOAD_SCANNER = f"{sys.executable} {program}"

    return install


LOOKS_FOR_EICAR = "import sys; sys.exit(b'EICAR' in open(sys.argv[-1], 'rb').read())"


def test_what_the_scanner_calls_clean_is_taken(scanner):
    scanner(LOOKS_FOR_EICAR)
    assert check("report.pdf", pdf())


def test_what_the_scanner_finds_is_refused(scanner):
    scanner(LOOKS_FOR_EICAR)
    assert refusal("report.txt", b"EICAR") == "infected"


@pytest.mark.parametrize("body", ["raise SystemExit(2)", "raise SystemExit(50)", "import os; os.kill(os.getpid(), 9)"])
def test_a_scanner_that_fails_refuses_everything(scanner, body):
    scanner(body)
    assert refusal("report.pdf", pdf()) == "unscanned"


@pytest.mark.parametrize("program", ["/nowhere/clamdscan", "'unclosed"])
def test_a_scanner_that_is_not_there_refuses_everything(settings, program):
    settings.UPLOAD_SCANNER = program
    assert refusal("report.pdf", pdf()) == "unscanned"


def test_a_scanner_that_does_not_answer_refuses_everything(scanner, monkeypatch):
    monkeypatch.setattr("partnerships.uploads.scanner.PATIENCE", 0.2)
    scanner("import time; time.sleep(30)")
    assert refusal("report.pdf", pdf()) == "unscanned"
