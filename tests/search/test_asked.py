"""A hundred and twenty questions as people ask them, thirty in each language, over the real register."""

import csv
import sys
from pathlib import Path
from statistics import mean

from django.utils.translation import override

from directory.search_results import KINDS, PARTNERSHIPS, Results
from operators.models import Organisation
from partnerships.models import PartnershipVersion
from platforms.models import Platform
from search.words import stem, tokens
from tests.registered import RegisterTestCase
from vocabularies.services import load_synonyms

READ = 10
KEYS = {"organisation": ("organisations", Organisation), "platform": ("platforms", Platform)}


def asked():
    with Path(__file__).with_name("questions.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def fits(version, expected):
    """Whether a partnership is one of the references ``expected``, or all that is said of it there holds."""
    if expected.startswith("WOP-"):
        return version.partnership.reference in expected.split()
    return all(FITS[what](version, value) for what, value in (part.split(":") for part in expected.split()))


def _places(version):
    return [row.place for row in version.involvements.all() if row.place]


FITS = {
    "area": lambda version, code: (
        any(track.area and track.area.code in (code, *HALVES.get(code, ())) for track in version.tracks.all())
        or bool(TOLD.get(code, set()) & set(map(stem, tokens(f"{version.summary} {version.approach}"))))
    ),
    "country": lambda version, code: code in {place.code for place in _places(version)},
    "within": lambda version, code: any(code in place.area_codes() for place in _places(version)),
    "party": lambda version, key: (
        key in {row.organisation.key for row in version.involvements.all() if row.organisation}
    ),
}
HALVES = {"non-revenue-water": ("nrw-commercial-losses", "nrw-physical-losses")}
"""Areas that are a part of another one."""
TOLD = {"metering": {"meter"}, "billing-and-collection": {"bill"}}


class TestQuestions(RegisterTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        load_synonyms()
        versions = PartnershipVersion.objects.published().for_list()
        cls.public = {version.partnership_id: version for version in versions}

    def test_the_expected_hit_comes_first(self):
        ranks = {(row["language"], row["question"]): self.rank(row) for row in asked() if row["expected"] != "nothing"}
        late = {question: rank for question, rank in ranks.items() if rank != 1}
        reciprocal = mean(1 / rank if rank else 0 for rank in ranks.values())
        print(f"{len(ranks)} questions, mean reciprocal rank {reciprocal:.3f}", file=sys.stderr)
        assert late == {}

    def test_nonsense_finds_nothing(self):
        for row in asked():
            if row["expected"] == "nothing":
                assert not any(Results(row["question"]).counts.values()), row

    def rank(self, row):
        """The place of the first expected hit; 0 where it is not among those that people read."""
        with override(row["language"]):
            results = Results(row["question"])
            found = self.answers(results, row["expected"])
        return found.index(True) + 1 if True in found else 0

    def answers(self, results, expected):
        what, _colon, _key = expected.partition(":")
        if what in KEYS:
            kind, model = KEYS[what]
            keys = {part.partition(":")[2] for part in expected.split()}
            return [model.objects.get(pk=pk).key in keys for pk in results.hits(kind).pks(0, READ)]
        return [fits(self.public[pk], expected) for pk in results.hits(PARTNERSHIPS).pks(0, READ)]

    def test_there_are_thirty_questions_in_each_language(self):
        languages = [row["language"] for row in asked()]
        assert {code: languages.count(code) for code in languages} == dict.fromkeys(("en", "es", "fr", "pt"), 30)
        assert set(KINDS) == {"partnerships", "organisations", "platforms", "reports"}
