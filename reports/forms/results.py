"""Results of the period, by track of the WOP."""

from dataclasses import dataclass, replace

from partnerships.drafting.questions import Question, Rows
from reviews.models import NonAnswer


def tracks_of(version):
    """[(key, title)] of the tracks that a result may belong to."""
    return [(str(key), title) for key, title in version.offered_tracks.items()]


@dataclass(frozen=True)
class ResultsQuestion(Rows):
    def answers(self, answers):
        """With the titles of the tracks in place of their keys."""
        titles = {str(row.track_key): row.track_title for row in answers.rows(self.name) if row.track_key}
        return [
            replace(answer, rows=tuple([(label, titles.get(text, text)) for label, text in row] for row in answer.rows))
            for answer in super().answers(answers)
        ]


@dataclass(frozen=True)
class YesNoQuestion(Question):
    """“Don't know”, “not yet” and “prefer not to say” are among its choices; beside them it can only be left open."""

    reasons = (NonAnswer.LEFT_OPEN,)
