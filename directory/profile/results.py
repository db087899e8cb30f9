"""What came of a track or of the whole: the entry and its reports in one list, in which nothing stands twice."""

import re
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from directory.profile.pictures import Picture, picture_of
from directory.profile.plan import target_beside
from directory.wording import measured, report_name, worded
from reviews.translations import as_written
from vocabularies.search import folded

LONG_WORD, LEAST_WORDS, LEAST_SHARE = 4, 8, 0.7
"""Two results are the same where this share of at least so many words of so many letters is."""


@dataclass(frozen=True)
class Origin:
    """Where a result is told: a report under its ``url``, or without one the entry itself."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Result:
    """As ``components/_result.html`` shows it; of a report with the target that it was held against."""

    text: str
    indicator: str = ""
    baseline: str = ""
    latest: str = ""
    target: str = ""
    evidence: str = ""
    when: str = ""
    """The day of a result in words; values carry their own."""
    picture: Picture | None = None
    origins: list = field(default_factory=list)


@dataclass(frozen=True)
class _Told:
    """A Result with what it is compared by: its words as written, without signs, and all of it that is no prose."""

    words: str
    rest: tuple
    result: Result

    def says_all_of(self, other):
        """Whether ``other`` adds nothing: the same figures, and its words are part of these."""
        return self.rest == other.rest and (not other.words or f" {other.words} " in f" {self.words} ")

    def says_much_of(self, other):
        """Whether the two say the same in slightly other words; short ones and other numbers are never the same."""
        (one, one_numbers), (two, two_numbers) = (_long_words(told.words) for told in (self, other))
        enough = min(len(one), len(two))
        alike = enough >= LEAST_WORDS and len(one & two) >= LEAST_SHARE * enough
        return alike and self.rest == other.rest and one_numbers == two_numbers

    def in_the_words_of(self, other):
        return replace(other, result=replace(other.result, origins=self.result.origins))

    def with_origins_of(self, other):
        origins = list(dict.fromkeys([*self.result.origins, *other.result.origins]))
        return replace(self, result=replace(self.result, origins=origins))


def woven(entry, own, belongs, with_words=False):
    """Results of the rows ``own`` of the entry, then of the rows of reports that ``belongs`` takes, latest first.

    What two of them say is told once with both origins: in the words of the entry, or in those that say more. Where
    the entry alone tells anything, nothing needs an origin.
    """
    version = entry.version
    here = Origin(_("This entry, version %(number)s") % {"number": version.number})
    told = [_told(row, version, here) for row in own]
    for report in entry.reports:
        there = Origin(report_name(report.report), report.get_absolute_url())
        if with_words and report.overall_results:
            told.append(_in_words(report, there))
        told += [_told(row, report, there) for row in report.results.all() if belongs(row)]
    results = _once(told)
    is_plain = all(result.origins == [here] for result in results)
    return [replace(result, origins=[]) for result in results] if is_plain else results


def result_of(row, version):
    """The Result of a row of ``version``; a target of the same indicator beside it is told with it."""
    languages = (row.language, version.language)
    aim = (row.target, row.target_on) if row.target is not None else target_beside(row)
    values = ((row.baseline, row.baseline_on), (row.latest, row.latest_on), aim)
    baseline, latest, target = (_measured(value, row.unit, on) for value, on in values)
    indicator = str(row.indicator or "")
    return Result(
        text=worded(row.text, *languages),
        indicator=indicator,
        baseline=baseline,
        latest=latest,
        target=target,
        evidence=worded(row.evidence, *languages),
        when=row.latest_on.localised() if row.latest is None else "",
        picture=picture_of(indicator, row.unit, [value for value, _on in values], (baseline, latest, target)),
    )


def _told(row, version, origin):
    result = result_of(row, version)
    return _Told(_words(as_written(row.text)), _rest(result), replace(result, origins=[origin]))


def _in_words(report, origin):
    result = Result(worded(report.overall_results, report.language))
    return _Told(_words(as_written(report.overall_results)), _rest(result), replace(result, origins=[origin]))


def _words(text):
    return " ".join(re.findall(r"\w+", folded(text)))


def _rest(result):
    return result.indicator, result.baseline, result.latest, result.target, result.evidence, result.when


def _long_words(words):
    """The words that carry the meaning, and the numbers."""
    words = set(words.split())
    numbers = {word for word in words if word[0].isdigit()}
    return {word for word in words - numbers if len(word) >= LONG_WORD}, numbers


def _once(told):
    kept = []
    for one in told:
        for place, other in enumerate(kept):
            if other.says_all_of(one) or other.says_much_of(one):
                kept[place] = other.with_origins_of(one)
                break
            if one.says_all_of(other):
                kept[place] = other.with_origins_of(one).in_the_words_of(one)
                break
        else:
            kept.append(one)
    return [one.result for one in kept]


def _measured(value, unit, on):
    """“42 % (March 2012)”; "" when not known."""
    if value is None:
        return ""
    number = measured(value, unit)
    return _("%(number)s (%(date)s)") % {"number": number, "date": on.localised()} if on else number
