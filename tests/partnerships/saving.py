"""What ``save_draft`` takes, and what it refuses."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.services import save_draft
from reviews.snapshots import content_of


def refused(draft, by, **change):
    with pytest.raises(ValidationError) as refusal:
        save_draft(draft, by=by, revision=draft.revision, **change)
    draft.refresh_from_db()
    return refusal.value


def rows_given(version, name):
    """All rows of a relation as ``save_draft`` takes them, unchanged."""
    content = content_of(version)
    return [{"key": key} | {n: v for n, v in row.items() if n != "position"} for key, row in content[name].items()]
