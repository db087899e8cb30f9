"""Made-up organisations and partnerships for tests; the real ones stand in data/."""

from copy import copy
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from accounts.models import User
from operators.models import Organisation, OrganisationMember
from partnerships.models import Involvement, Participant, Partnership, PartnershipVersion, Role, Source
from platforms.models import Level, Platform, SecretariatMember
from reports.models import Report, ReportSource, ReportVersion
from reviews.models import ReviewEvent
from reviews.states import State
from reviews.workflow import perform
from vocabularies.models import Area, Country
from vocabularies.search import folded
from webhooks.models import Webhook

PASSWORD = "correct horse battery staple"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@utility.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


@cache
def _country(code):
    return Country.objects.get(pk=code)


def country(code):
    """The Country with ``code``, asked for once: no test changes the countries."""
    return copy(_country(code))


def words_of(made):
    """What ``refresh_search`` writes for an organisation that never had another name."""
    code = getattr(made, "country_id", None) or (made.country and made.country.pk)
    return folded(made.name, made.acronym, getattr(made, "city", ""), *(country(code).all_names() if code else []))


class OrganisationFactory(DjangoModelFactory):
    """A published operator in Saint Lucia unless told otherwise."""

    class Meta:
        model = Organisation

    key = factory.Sequence(lambda n: f"operator-{n}")
    slug = factory.SelfAttribute("key")
    name = factory.Sequence(lambda n: f"Operator number {n}")
    acronym = factory.Sequence(lambda n: f"OP{n}")
    country = factory.LazyFunction(lambda: country("LC"))
    source = "https://source.example/organisation"
    state = State.PUBLISHED
    search_text = factory.LazyAttribute(words_of)


class OrganisationMemberFactory(DjangoModelFactory):
    class Meta:
        model = OrganisationMember

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)


class PlatformFactory(DjangoModelFactory):
    """A regional platform; ``areas`` and ``countries`` take codes."""

    class Meta:
        model = Platform
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"platform-{n}")
    slug = factory.SelfAttribute("key")
    name = factory.Sequence(lambda n: f"Platform number {n}")
    acronym = factory.Sequence(lambda n: f"PL{n}")
    level = Level.REGIONAL

    @factory.post_generation
    def areas(self, create, codes, **kwargs):
        self.areas.set(Area.objects.filter(pk__in=codes or []))

    @factory.post_generation
    def countries(self, create, codes, **kwargs):
        self.countries.set(Country.objects.filter(pk__in=codes or []))


class SecretariatMemberFactory(DjangoModelFactory):
    class Meta:
        model = SecretariatMember

    platform = factory.SubFactory(PlatformFactory)
    user = factory.SubFactory(UserFactory)


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    slug = "mentor-mentee"


class VersionFactory(DjangoModelFactory):
    """A draft with a title, a summary and a source, but without anybody involved."""

    class Meta:
        model = PartnershipVersion
        skip_postgeneration_save = True

    partnership = factory.SubFactory(PartnershipFactory)
    title = factory.Sequence(lambda n: f"Mentor {n} – Mentee {n}")
    summary = "A mentor helps a mentee to lose less water."

    @factory.post_generation
    def source(self, create, extracted, **kwargs):
        Source.objects.create(version=self, title="A source", url="https://source.example/wop")


class InvolvementFactory(DjangoModelFactory):
    class Meta:
        model = Involvement

    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.MENTOR


class ReportVersionFactory(DjangoModelFactory):
    """A draft of the report for 2015 of a published partnership."""

    class Meta:
        model = ReportVersion
        skip_postgeneration_save = True

    class Params:
        partnership = None
        period = "2015"

    report = factory.LazyAttribute(
        lambda made: Report.objects.create(
            partnership=made.partnership or published_version().partnership, period=made.period
        )
    )
    code_of_conduct = "dont-know"
    formal_agreement = "yes"

    @factory.post_generation
    def source(self, create, extracted, **kwargs):
        ReportSource.objects.create(version=self, title="A source", url="https://source.example/report")


def global_platform():
    """The one global platform, made when there is none."""
    return Platform.objects.filter(level=Level.GLOBAL).first() or PlatformFactory(level=Level.GLOBAL, areas=["001"])


def draft_version(*, mentor_in="MQ", mentee_in="LC", **fields):
    """A complete draft: a mentor, a mentee, and the mentor as participant."""
    global_platform()
    version = VersionFactory(**fields)
    mentor = OrganisationFactory(country_id=mentor_in)
    InvolvementFactory(version=version, organisation=mentor, role=Role.MENTOR)
    mentee = OrganisationFactory(country_id=mentee_in)
    InvolvementFactory(version=version, organisation=mentee, role=Role.MENTEE, position=1)
    Participant.objects.create(partnership=version.partnership, organisation=mentor)
    return version


def published_version(**fields):
    """What ``draft_version`` makes, published as a loaded entry.

    Most tests only need something public. Where one platform reviews everything and nobody listens there is nothing to
    decide, and the rows are written as the workflow would leave them (tests/test_factories.py).
    """
    draft = draft_version(**fields)
    if "partnership" in fields or Platform.objects.count() > 1 or Webhook.objects.exists():
        return perform(draft, "load", by=None)
    return _as_loaded(draft)


def _as_loaded(version):
    involved = list(version.involvements.select_related("organisation"))
    words = [word for row in involved for word in row.search_words()]
    version.search_text = folded(
        version.title, version.partnership.reference, version.summary, version.approach, *words
    )
    version.reviewing_platform = Platform.objects.get()
    _publish(version)
    mentee = next(row.organisation for row in involved if row.role == Role.MENTEE)
    Participant.objects.create(partnership=version.partnership, organisation=mentee)
    return PartnershipVersion._base_manager.get(pk=version.pk)


def _publish(entry):
    ReviewEvent.objects.create(
        entry=entry, action="load", from_state=entry.state, to_state=State.PUBLISHED, revision=entry.revision + 1
    )
    entry.state, entry.revision = State.PUBLISHED, entry.revision + 1
    entry.save()


def published_report(**fields):
    return perform(ReportVersionFactory(**fields), "load", by=None)


def mentor_of(version):
    return version.involvements.get(role=Role.MENTOR).organisation


def mentee_of(version):
    return version.involvements.get(role=Role.MENTEE).organisation
