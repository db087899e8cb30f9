"""What every reviewed thing has in common: a state, a revision, a history, comments, rows with keys."""

from reviews.models.history import Comment, Conflict, Edit, PreviewLink, ReviewEvent, Snapshot
from reviews.models.reviewable import Reviewable
from reviews.models.rows import NonAnswer, Row, TranslationRow, UnansweredRow, YesNo

__all__ = [
    "Comment",
    "Conflict",
    "Edit",
    "NonAnswer",
    "PreviewLink",
    "ReviewEvent",
    "Reviewable",
    "Row",
    "Snapshot",
    "TranslationRow",
    "UnansweredRow",
    "YesNo",
]
