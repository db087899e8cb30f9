"""Whatever is published, archived, renamed or moved in whatever order: the index finds what the entries say."""

import os
import random

import pytest
from django.http import QueryDict

from directory.filters.partnerships import PartnershipFilter
from operators.models import FormerName, Organisation
from partnerships.models import NamedPlatform, NamedProgramme, PartnershipVersion, Status, Track
from platforms.models import Platform, Programme
from reports.models import ReportChoice
from reviews.cloning import clone
from reviews.workflow import perform
from search.services import remake
from tests import factories
from tests.search.questions import as_query, possible, random_question
from tests.search.reading import entries
from vocabularies.models import Country, ImprovementArea, Term

COUNTRIES = ("KE", "LC", "MQ", "PE", "FR", "UG")
AREAS = ("metering", "nrw-physical-losses", "procurement", "asset-management")


class Walk:
    """A register to which random things happen."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.platform = factories.global_platform()
        self.reviewer = factories.SecretariatMemberFactory(platform=self.platform).user
        self.author = factories.UserFactory()
        below = factories.PlatformFactory(parent=self.platform)
        factories.PlatformFactory(parent=below, level="national")
        Programme.objects.create(key="blue", slug="blue", name="Blue")
        for _ in range(3):
            self.publish()

    def step(self):
        self.chance.choice([self.publish, self.renew, self.renew, self.archive, self.restore, self.rename, self.move,
                            self.word, self.hang, self.report, self.call, self.programme])()  # fmt: skip

    def publish(self):
        mentor, mentee = self.chance.sample(COUNTRIES, 2)
        version = factories.draft_version(mentor_in=mentor, mentee_in=mentee, title=f"Pair {self.chance.random()}")
        perform(self._filled(version), "load", by=None)

    def renew(self):
        if version := self._one(PartnershipVersion.objects.published()):
            draft = clone(version, by=self.author, title=f"{version.title[:60]} anew", starts_on="2012")
            perform(self._filled(draft), "load", by=None)

    def _filled(self, version):
        area = ImprovementArea.objects.filter(code=self.chance.choice(AREAS)).first()
        Track.objects.create(version=version, area=area, title="A track", position=self.chance.randrange(9))
        platform = self._one(Platform.objects.exclude(named_in__version=version))
        if platform and self.chance.random() < 0.5:
            NamedPlatform.objects.create(version=version, platform=platform)
        if self.chance.random() < 0.3 and not version.named_programmes.exists():
            NamedProgramme.objects.create(version=version, programme=Programme.objects.get())
        columns = {"status": self.chance.choice(Status.values), "starts_on": str(self.chance.randrange(1998, 2020))}
        PartnershipVersion._base_manager.filter(pk=version.pk).update(**columns)
        return PartnershipVersion._base_manager.get(pk=version.pk)

    def archive(self):
        if version := self._one(PartnershipVersion.objects.published()):
            perform(version, "archive", by=self.reviewer, comment="Gone", revision=version.revision)

    def restore(self):
        if version := self._one(PartnershipVersion.objects.archived()):
            perform(version, "restore", by=self.reviewer, comment="Back", revision=version.revision)

    def report(self):
        if version := self._one(PartnershipVersion.objects.published()):
            period = f"{self.chance.randrange(1990, 2020)}"
            if not version.partnership.reports.filter(period=period).exists():
                draft = factories.ReportVersionFactory(partnership=version.partnership, period=period)
                ReportChoice.objects.create(version=draft, term=Term.objects.get(list="activity", code="study-tours"))
                perform(draft, "load", by=None)

    def rename(self):
        organisation = self._one(Organisation.objects.published())
        organisation.name = f"Renamed {self.chance.random()}"
        organisation.save()

    def call(self):
        FormerName.objects.create(organisation=self._one(Organisation.objects.published()), name="Before")

    def move(self):
        organisation = self._one(Organisation.objects.published())
        organisation.country = Country.objects.get(pk=self.chance.choice(COUNTRIES))
        organisation.save()

    def word(self):
        area = ImprovementArea.objects.get(code=self.chance.choice(AREAS))
        area.label_en = f"Area {self.chance.random()}"
        area.save()

    def hang(self):
        below = Platform.objects.get(level="national")
        below.parent = self.chance.choice([self.platform, None, Platform.objects.get(level="regional")])
        below.save()

    def programme(self):
        programme = Programme.objects.get()
        programme.name = f"Programme {self.chance.random()}"
        programme.save()

    def _one(self, found):
        found = list(found.order_by("pk"))
        return self.chance.choice(found) if found else None

    def check(self):
        """A word of a title, and random questions."""
        values, all_entries = possible(), entries()
        names = [word for entry in all_entries for word in entry.title.casefold().split() if word.isalpha()]
        asked = [random_question(self.chance, values) for _ in range(4)]
        asked += [{"q": [self.chance.choice(names)]}] if names else []
        for question in [{}, *asked]:
            filterset = PartnershipFilter(QueryDict(as_query(question)), PartnershipVersion.objects.published())
            assert filterset.is_valid(), filterset.errors
            found = sorted(version.partnership.reference for version in filterset.qs)
            assert found == [entry.reference for entry in all_entries if entry.answers(question)], question


def walked(seed, steps):
    walk = Walk(seed)
    for _ in range(steps):
        walk.step()
        walk.check()
    assert remake() == {}


@pytest.mark.django_db
def test_a_short_walk():
    walked(7, 12)


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(4))
def test_long_walks(part):
    walked(int(os.environ["WALK_SEED"]) + part, 60)
