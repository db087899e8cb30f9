"""A published partnership and its published report in which nothing is left empty, every value to be recognised.

All content is in French with rows in Portuguese, so that pages in English must mark both.
"""

from decimal import Decimal

from django.core.files.base import ContentFile

from partnerships.models import (
    Agreement,
    Assessment,
    Involvement,
    Link,
    Milestone,
    NamedPlatform,
    NamedProgramme,
    Objective,
    Participant,
    PartnershipAttachment,
    PartnershipTranslation,
    PartnershipUnanswered,
    Payment,
    Phase,
    PhasePartner,
    PlannedWork,
    Quotation,
    RelatedPartnership,
    SdgRow,
    Signature,
    Source,
    StoredFile,
    Target,
    TeamFunction,
    Track,
    TrackResult,
)
from platforms.models import Programme
from reports.models import (
    CHOICE_LISTS,
    Report,
    ReportAttachment,
    ReportChoice,
    ReportObjective,
    ReportResult,
    ReportSource,
    ReportSupporter,
    ReportTranslation,
    ReportUnanswered,
    ReportVersion,
)
from reviews.translations import fingerprint_of_text
from reviews.workflow import perform
from tests import factories
from vocabularies.models import ImprovementArea, Indicator, SdgTarget, Term

COST = {
    "cost_amount": Decimal("734210"),
    "cost_currency": "EUR",
    "cost_kind": "budget",
    "cost_covers": "all six <missions>",
    "cost_usd_rate": Decimal("1.0825"),
    "cost_usd_rate_on": "2016-05-04",
    "cost_usd_rate_source": "the central bank's list",
}
MEASURED = {
    "unit": "% of supply",
    "baseline": Decimal("47.25"),
    "baseline_on": "2011-03",
    "latest": Decimal("33.5"),
    "latest_on": "2015-06-07",
}
HELD_AGAINST = {"target": Decimal("21"), "target_on": "2019"}
"""A target, as a report tells it with its result."""


def everything():
    """(PartnershipVersion, ReportVersion), both published."""
    version = _version()
    _add_people(version)
    _add_work(version)
    _add_course(version)
    _add_words_and_files(version)
    version = perform(version, "load", by=None)
    return version, _report(version)


def _version():
    partnership = factories.PartnershipFactory(
        slug="everything", entered_by=factories.PlatformFactory(areas=["419"], acronym="ENTERED-BY")
    )
    return factories.VersionFactory(
        partnership=partnership,
        title="The title & all",
        place="The plant at the bend & below",
        language="fr",
        note="A note on <this> entry",
        summary="A summary with <angle> brackets & ampersand",
        approach="The approach: ‘they’ met",
        status="under-way",
        lifecycle_step="joint-diagnosis",
        lifecycle_evidence="Minutes of the diagnosis",
        decision="expanded",
        decided_on="2018-01",
        decision_reason="Both boards wanted more",
        starts_on="2012-11",
        ends_on="2018",
        duration_months=66,
        **COST,
    )


def _add_people(version):
    platform = factories.PlatformFactory(areas=["001"], acronym="NAMED-PLATFORM")
    donor = factories.OrganisationFactory(acronym="DONOR")
    programme = Programme.objects.create(key="all", slug="all", name="Programme of everything", donor=donor)
    NamedPlatform.objects.create(version=version, platform=platform, position=1)
    NamedProgramme.objects.create(version=version, programme=programme, position=1)
    mentor = factories.OrganisationFactory(acronym="MENTOR-ORG")
    lead = Involvement.objects.create(
        version=version,
        organisation=mentor,
        role="lead-mentor",
        name_used="The mentor's old name",
        contribution="What the mentor gives",
        description="More on the mentor",
        position=1,
    )
    Involvement.objects.create(
        version=version, role="mentee", description="A town's operator", country_id="BO", position=2
    )
    Involvement.objects.create(
        version=version, organisation=donor, role="other", role_other="Patron of all", position=3
    )
    Participant.objects.create(partnership=version.partnership, organisation=mentor)
    paid = {"amount": Decimal("51234"), "currency": "CHF", "share": Decimal("12.75"), "in_kind": "Two pumps"}
    Payment.objects.create(version=version, involvement=lead, position=1, note="Paid late", **paid)


def _add_work(version):
    phase = Phase.objects.create(
        version=version,
        title="Phase of trust",
        description="How trust grew",
        language="pt",
        starts_on="2012-12",
        ends_on="2014",
        position=1,
    )
    track = Track.objects.create(
        version=version,
        area=ImprovementArea.objects.get(code="metering"),
        title="Meters for everybody",
        description="Meters in every house",
        language="pt",
        state="dropped",
        phase=phase,
        position=1,
    )
    Objective.objects.create(version=version, text="An objective", language="pt", position=1)
    indicator = Indicator.objects.first()
    Target.objects.create(
        version=version,
        track=track,
        indicator=indicator,
        text="Nobody without a meter",
        language="pt",
        value=Decimal("18.75"),
        unit="% of taps",
        due_on="2020-11",
        position=1,
    )
    TeamFunction.objects.create(
        version=version,
        track=track,
        involvement=version.involvements.get(role="mentee"),
        function="Keeper of meters",
        people=417,
        position=1,
    )
    PlannedWork.objects.create(
        version=version,
        track=track,
        text="Meters are tested on a bench",
        language="pt",
        involvement=version.involvements.get(role="other"),
        who="Two apprentices",
        starts_on="2014-02-03",
        ends_on="2014-09",
        state="done",
        position=1,
    )
    TrackResult.objects.create(
        version=version,
        track=track,
        text="Result of the track",
        language="pt",
        indicator=indicator,
        evidence="A reading of the meters",
        position=1,
        **MEASURED,
    )


def _add_course(version):
    agreement = Agreement.objects.create(
        version=version,
        title="The great agreement",
        signed_on="2012-10-09",
        place="A ship in the harbour",
        signatories="Two presidents",
        url="https://agreement.example/text",
        phase=version.phases.get(),
        position=1,
    )
    mentor = version.involvements.get(role="lead-mentor")
    PhasePartner.objects.create(version=version, phase=version.phases.get(), involvement=mentor, position=1)
    Signature.objects.create(version=version, agreement=agreement, involvement=mentor, position=1)
    Milestone.objects.create(
        version=version,
        text="The first drop",
        happened_on="2013-04-05",
        ended_on="2013-04-07",
        language="pt",
        position=1,
    )
    Assessment.objects.create(
        version=version,
        held_on="2015-09",
        text="The meters are read",
        changes="They are read twice",
        language="pt",
        position=1,
    )
    earlier = factories.published_version(title="The WOP before").partnership
    RelatedPartnership.objects.create(version=version, partnership=earlier, relation="earlier", position=1)
    SdgRow.objects.create(version=version, target=SdgTarget.objects.last(), position=1)


def _add_words_and_files(version):
    Link.objects.create(version=version, title="A page elsewhere", url="https://link.example/page", position=1)
    Source.objects.filter(version=version).delete()
    Source.objects.create(
        version=version, title="The main source", url="https://main.example/", accessed_on="2020-02-03", position=1
    )
    Quotation.objects.create(
        version=version,
        text="We learn from each other",
        language="es",
        speaker="Maria Example",
        function="Head of learning",
        organisation=factories.OrganisationFactory(acronym="SPEAKERS-ORG"),
        has_consent=True,
        source_title="The yearbook",
        source_url="https://yearbook.example/",
        position=1,
    )
    _add_files(PartnershipAttachment, version, "partnership")
    PartnershipTranslation.objects.create(version=version, position=1, **_translated(version.objectives.get()))
    PartnershipUnanswered.objects.create(version=version, question="milestones", reason="prefer-not-to-say", position=1)


def _add_files(kind, version, name):
    """One file that is stored and one that is only referred to."""
    stored = StoredFile.objects.create(
        file=ContentFile(b"%PDF-1.7", name=f"{name}.pdf"),
        name=f"{name} file.pdf",
        size=2_411_724,
        media_type="application/pdf",
        sha256="0" * 64,
        uploaded_by=factories.UserFactory(),
    )
    kind.objects.create(
        version=version, description=f"Stored for the {name}", language="de", stored_file=stored, position=1
    )
    kind.objects.create(
        version=version,
        description=f"Referred to by the {name}",
        stated_type="Slides",
        stated_size="about 3 MB",
        url=f"https://{name}.example/slides",
        position=2,
    )


def _translated(row):
    """Into Spanish, so that pages in English are left as they are."""
    return {
        "row_key": row.key,
        "field": "text",
        "language": "es",
        "text": f"Traducido: {row.text}",
        "source_fingerprint": fingerprint_of_text(row.text),
    }


def _report(version):
    report = ReportVersion.objects.create(
        report=Report.objects.create(partnership=version.partnership, kind="final", period="2017-H2"),
        title="The report's title",
        language="fr",
        note="A note on the report",
        code_of_conduct="yes",
        code_of_conduct_url="https://conduct.example/code",
        formal_agreement="not-yet",
        other_themes="Themes beyond the list",
        activities_description="What they did, in words",
        overall_results="What came of it, in words",
        **(COST | {"cost_amount": Decimal("812345"), "cost_covers": "the year's <work>", "cost_kind": "actual"}),
    )
    _add_answers(report, version)
    _add_report_rows(report, version)
    return perform(report, "load", by=None)


def _add_answers(report, version):
    for position, name in enumerate(CHOICE_LISTS, start=1):
        term = Term.objects.of(name).first()
        ReportChoice.objects.create(
            version=report, term=term, explanation=f"In own words: {name.value}", position=position
        )
    body = factories.OrganisationFactory(acronym="SUPPORTING-ORG")
    ReportSupporter.objects.create(
        version=report,
        organisation=body,
        description="More on the supporter",
        role="facilitator",
        support="Rooms & coffee",
        position=1,
    )
    ReportObjective.objects.create(version=report, text="An objective reported", language="pt", position=1)
    ReportResult.objects.create(
        version=report,
        track_key=version.tracks.get().key,
        track_title="Meters as they were called",
        text="Result in the report",
        language="pt",
        indicator=Indicator.objects.last(),
        evidence="A photograph",
        position=1,
        **(MEASURED | HELD_AGAINST | {"latest": Decimal("29.125"), "unit": "% lost"}),
    )


def _add_report_rows(report, version):
    ReportSource.objects.create(
        version=report, title="Source of the report", url="https://report.example/", accessed_on="2021-07", position=1
    )
    _add_files(ReportAttachment, report, "report")
    ReportTranslation.objects.create(version=report, position=1, **_translated(report.objectives.get()))
    ReportUnanswered.objects.create(version=report, question="supporters", reason="dont-know", position=1)
