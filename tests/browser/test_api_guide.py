"""Every example of docs/api.md, against a real portal."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests import sample_files

GUIDE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE_HOST = "https://portal.example"
LANGUAGES = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}
EXAMPLES = re.findall(rf"^```({'|'.join(LANGUAGES)})\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"^# prints (.+)$", re.MULTILINE)


def named(example):
    return f"{example[0]} at line {GUIDE[: GUIDE.index(example[1])].count(chr(10)) + 1}"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_example_works_and_prints_what_it_says(for_programs, tmp_path, example):
    language, code = example
    (tmp_path / "slides.pdf").write_bytes(sample_files.of_kind("pdf"))
    command = [*LANGUAGES[language], code.replace(EXAMPLE_HOST, for_programs.address)]
    environment = os.environ | for_programs.tokens
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr + result.stdout
    for words in PRINTED.findall(code):
        assert words in result.stdout


def test_there_are_examples_for_both():
    assert {language for language, _code in EXAMPLES} == set(LANGUAGES)
    assert sum(bool(PRINTED.search(code)) for _language, code in EXAMPLES) >= 8
