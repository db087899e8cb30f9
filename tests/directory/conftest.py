"""What several tests of the directory begin with."""

import pytest

from tests.directory import small_register


@pytest.fixture
def folder(tmp_path):
    """The files of a register of two partnerships."""
    return small_register.make(tmp_path)
