"""What the check of an upload says: what it takes, and under which code it refuses."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.uploads import check_upload
from tests.sample_files import archive, upload

ZIP = archive({"payload.js": "alert(1)"})


def check(name, content):
    return check_upload(upload(name, content))


def refusal(name, content):
    """The code under which the file is refused."""
    with pytest.raises(ValidationError) as refused:
        check(name, content)
    return refused.value.code
