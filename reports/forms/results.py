"""Results of the period, by track of the WOP."""

from dataclasses import dataclass, replace

from partnerships.drafting.questions import Question, Rows


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
    """“Don't know”, “not yet” and “prefer not to say” are among its choices: no second question asks for them."""

    may_stay_open = False
