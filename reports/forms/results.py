"""Results of the period, by track of the WOP."""

from dataclasses import dataclass, replace

from partnerships.drafting.parts import FieldPart, RowsPart
from partnerships.drafting.questions import Question, Rows


def tracks_of(version):
    """[(key, title)] of the tracks that a result may belong to: those of the public WOP, and those already named."""
    public = version.wop().versions.published().first()
    tracks = {str(track.key): str(track) for track in public.tracks.select_related("area")} if public else {}
    named = {str(row.track_key): row.track_title for row in version.results.all() if row.track_key}
    return list((named | tracks).items())


@dataclass(frozen=True)
class ResultsQuestion(Rows):
    def answers(self, answers):
        """With the titles of the tracks in place of their keys."""
        titles = {str(row.track_key): row.track_title for row in answers.rows(self.name) if row.track_key}
        return [
            replace(answer, rows=tuple([(label, titles.get(text, text)) for label, text in row] for row in answer.rows))
            for answer in super().answers(answers)
        ]

    def part(self, sheet):
        return ResultsPart(self, sheet)


class ResultsPart(RowsPart):
    """Every row keeps the title that its track has now: the WOP may call it otherwise later."""

    def collect(self, fields, rows):
        super().collect(fields, rows)
        if not self.was_sent:
            return
        titles = dict(tracks_of(self.sheet.version))
        before = {row["key"]: row for row in self.sheet.answers.given(self.name)}
        rows[self.name] = [row | {"track_title": _title(row, titles, before)} for row in rows[self.name]]


def _title(row, titles, before):
    """That of the chosen track; what a row noted before stays while its track is the same, or was named in words."""
    known = before.get(str(row["key"]))
    chosen = str(row["track_key"] or "")
    if known and known["track_title"] and str(known["track_key"] or "") == chosen:
        return known["track_title"]
    return titles.get(chosen, "")[:200]


@dataclass(frozen=True)
class YesNoQuestion(Question):
    """“Don't know”, “not yet” and “prefer not to say” are among its choices: no second question asks for them."""

    def part(self, sheet):
        part = FieldPart(self, sheet)
        part.reason = None
        return part
