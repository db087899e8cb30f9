"""What a question finds, read from the entries one by one without any index and without SQL for it."""

from dataclasses import dataclass

from django.utils import timezone

from partnerships.models import PartnershipVersion
from reports.models import ReportVersion

SIDES = {"lead-mentor", "mentor", "lead-mentee", "mentee", "peer", "partner"}
MEANT = {"mentor": {"lead-mentor", "mentor"}, "mentee": {"lead-mentee", "mentee"}}
LOSSES = {"nrw-commercial-losses", "nrw-physical-losses"}
LISTS = {"activity": {"activity"}, "support": {"support_type"}, "factor": {"success_factor", "impeding_factor"}}
PER_ROW = ("country", "region", "organisation", "role")
LINKS = ("partnership", "involvements__organisation__country__area", "involvements__country__area", "agreements",
         "named_platforms__platform__parent", "named_programmes__programme", "tracks__area__parent")  # fmt: skip


@dataclass
class Row:
    role: str
    country: str
    regions: set
    organisation: set


class Entry:
    """A published version, as its profile shows it."""

    def __init__(self, version, reports):
        self.version = version
        self.reference, self.title = version.partnership.reference, version.title
        self.rows = [self._row(row) for row in version.involvements.all()]
        self.reports = [one for one in reports if one.wop() == version.partnership]

    @staticmethod
    def _row(row):
        place = row.place
        around = {place.gwopa_region, *place.area_codes()} if place else set()
        named = {row.organisation.key, row.organisation.slug} if row.organisation else set()
        return Row(row.role, place.code if place else "", around, named)

    def answers(self, asked):
        """``asked``: {parameter: values}."""
        of_rows = {name: values for name, values in asked.items() if name in PER_ROW}
        others = {name: values for name, values in asked.items() if name not in PER_ROW}
        if of_rows and not any(self._fits(row, of_rows) for row in self.rows):
            return False
        return all(set(values) & set(self.values(name, values)) for name, values in others.items())

    def placed_in_role(self, asked, name, value):
        """Whether one row answers ``asked`` with ``value`` for ``name``."""
        return any(self._fits(row, asked | {name: [value]}) for row in self.rows)

    @staticmethod
    def _fits(row, asked):
        roles = set().union(*(MEANT.get(role, {role}) for role in asked.get("role", SIDES)))
        return (
            row.role in roles
            and ("country" not in asked or row.country in asked["country"])
            and ("region" not in asked or row.regions & set(asked["region"]))
            and ("organisation" not in asked or row.organisation & set(asked["organisation"]))
        )

    def values(self, name, asked=()):
        return getattr(self, name)(asked)

    def platform(self, _asked):
        found = [row.platform for row in self.version.named_platforms.all()]
        for one in found:
            found += [one.parent] if one.parent and one.parent not in found else []
        return [one.key for one in found] or ["none"]

    def programme(self, _asked):
        return [row.programme.key for row in self.version.named_programmes.all()]

    def area(self, _asked):
        areas = [track.area for track in self.version.tracks.all() if track.area]
        general = ["non-revenue-water" for area in areas if area.code in LOSSES]
        return [area.code for area in areas] + [area.parent.code for area in areas if area.parent] + general

    def areas_shown(self):
        return {track.area.code for track in self.version.tracks.all() if track.area}

    def status(self, _asked):
        return [self.version.status]

    def language(self, _asked):
        return [self.version.language]

    def has_report(self, _asked):
        return ["yes" if self.reports else "no"]

    def activity(self, _asked):
        return self._chosen("activity")

    def support(self, _asked):
        return self._chosen("support")

    def factor(self, _asked):
        return self._chosen("factor")

    def _chosen(self, name):
        choices = [choice for report in self.reports for choice in report.choices.all()]
        return [choice.term.code for choice in choices if choice.term.list in LISTS[name]]

    def year_from(self, asked):
        begins, ends = self._years()
        return asked if begins and ends >= int(asked[0]) else []

    def year_to(self, asked):
        begins, _ends = self._years()
        return asked if begins and begins <= int(asked[0]) else []

    def _years(self):
        signed = sorted(str(row.signed_on) for row in self.version.agreements.all() if row.signed_on)
        first = str(self.version.starts_on)[:4] or "".join(signed[:1])[:4] or str(self.version.ends_on)[:4]
        if not first:
            return None, None
        open_end = timezone.now().year if self.version.status == "under-way" else first
        return int(first), int(str(self.version.ends_on)[:4] or open_end)

    def cost_max(self, asked):
        dollars = self.version.cost_in_usd
        return asked if dollars is not None and dollars <= int(asked[0]) else []

    def q(self, asked):
        """Names and titles alone: which words else are found is said in test_words.py."""
        return [word for word in asked if word in self._words()]

    def _words(self):
        texts = [self.title]
        for row in self.version.involvements.all():
            texts += [row.organisation.name, row.organisation.acronym] if row.organisation else []
            texts += row.place.all_names() if row.place else []
        return {word for text in texts for word in text.casefold().split()}


def entries():
    """All that is public."""
    reports = ReportVersion.objects.published().prefetch_related("report__partnership", "choices__term")
    versions = PartnershipVersion.objects.published().order_by("partnership__reference").prefetch_related(*LINKS)
    return [Entry(version, list(reports)) for version in versions]
