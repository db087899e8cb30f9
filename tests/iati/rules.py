"""The official schema of IATI 2.03 and the rules beside it, for the tests of the export."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone
from lxml import etree

from iati.document import IatiFile
from partnerships.models import PartnershipVersion
from tests import factories

SCHEMA = Path(__file__).parents[1] / "data/iati-2.03/iati-activities-schema.xsd"
WOP = "{urn:wop-portal:iati:1}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@cache
def schema():
    return etree.XMLSchema(etree.parse(SCHEMA))


def exported(versions=None):
    """The root of the file on ``versions``, all published ones unless told otherwise; checked before it is returned."""
    versions = PartnershipVersion.objects.published() if versions is None else versions
    return checked_root("".join(IatiFile.of(versions).chunks()).encode())


def checked_root(content):
    """``content`` parsed; fails unless it is valid by the schema and by the rules."""
    root = etree.fromstring(content)
    schema().assertValid(root)
    assert broken_rules(root) == []
    return root


def activity_of(version):
    """The iati-activity of one version, which must have all that is required."""
    (activity,) = exported(PartnershipVersion.objects.filter(pk=version.pk)).findall("iati-activity")
    return activity


def texts(element, path):
    return [narrative.text for narrative in element.findall(f"{path}/narrative")]


def broken_rules(root):
    """What the official ruleset of 2.03 asks for beyond the schema, as sentences."""
    identifiers = root.findall("iati-activity/iati-identifier")
    twice = [text for text, times in Counter(one.text for one in identifiers).items() if times > 1]
    broken = [f"identifier used twice: {text}" for text in twice]
    for activity in root.findall("iati-activity"):
        for rule in RULES:
            broken += [f"{activity.findtext('iati-identifier')}: {words}" for words in rule(activity)]
    return broken


def _identifier(activity):
    reference = activity.find("reporting-org").get("ref")
    if not activity.findtext("iati-identifier").startswith(f"{reference}-"):
        yield "the identifier does not begin with the reference of the reporting organisation"
    for text in (reference, activity.findtext("iati-identifier")):
        if set(text) & set("/&|?"):
            yield f"forbidden character in {text}"


def _moment(activity):
    stated = activity.get("last-updated-datetime")
    if stated and stated > timezone.now().isoformat(timespec="seconds"):
        yield "last updated in the future"


def _dates(activity):
    days = {one.get("type"): date.fromisoformat(one.get("iso-date")) for one in activity.findall("activity-date")}
    if not {"1", "2"} & set(days):
        yield "no start"
    for first, last in (("1", "3"), ("2", "4")):
        if first in days and last in days and days[first] > days[last]:
            yield f"date {first} lies after date {last}"
    for actual in {"2", "4"} & set(days):
        if days[actual] > timezone.localdate():
            yield f"actual date {actual} lies in the future"


def _recipients(activity):
    found = activity.findall("recipient-country") + activity.findall("recipient-region")
    if not found:
        yield "no recipient"
    if sum(float(one.get("percentage", "0")) for one in found) != 100:
        yield "recipient shares do not sum to 100"


def _sectors(activity):
    vocabularies = Counter(one.get("vocabulary", "1") for one in activity.findall("sector"))
    if not vocabularies:
        yield "no sector"
    if any(times > 1 for times in vocabularies.values()):
        yield "several sectors of one vocabulary need shares"


def _organisations(activity):
    found = activity.findall("participating-org")
    if not any(one.get("role") in {"1", "2", "3", "4"} for one in found):
        yield "no participating organisation with a role"
    for one in found:
        if one.get("role") not in {"1", "2", "3", "4"}:
            yield f"unknown role {one.get('role')}"
        if not (one.get("ref") or "".join(texts(one, "."))):
            yield "a participating organisation without name and reference"


def _budgets(activity):
    if activity.find("budget") is not None and activity.get("budget-not-provided"):
        yield "a budget and a reason why there is none"
    for budget in activity.findall("budget"):
        start, end = (date.fromisoformat(budget.find(name).get("iso-date")) for name in ("period-start", "period-end"))
        if not start < end:
            yield "a budget ends before it starts"
        if start.replace(year=start.year + 1, day=min(start.day, 28)) < end.replace(day=min(end.day, 28)):
            yield "a budget for more than a year"
    for value in activity.iter("value"):
        if not (value.get("currency") or activity.get("default-currency")):
            yield "a value without currency"
        if not value.get("value-date"):
            yield "a value without date"


def _results(activity):
    for period in activity.findall("result/indicator/period"):
        if period.find("period-start").get("iso-date") > period.find("period-end").get("iso-date"):
            yield "a period ends before it starts"
    for indicator in activity.findall("result/indicator"):
        is_words = indicator.get("measure") == "5"
        for one in [*indicator.findall("baseline"), *indicator.findall("period/*[@value]")]:
            if is_words == bool(one.get("value")):
                yield "a value where there are words only, or none where something was measured"


def _narratives(activity):
    default = activity.get(LANG)
    for narrative in activity.iter("narrative"):
        if not (narrative.text or "").strip():
            yield "an empty narrative"
        if not (default or narrative.get(LANG)):
            yield "a narrative without language"
    for parent in {narrative.getparent() for narrative in activity.iter("narrative")}:
        languages = Counter(one.get(LANG) or default for one in parent.findall("narrative"))
        if any(times > 1 for times in languages.values()):
            yield f"two narratives in one language in {parent.tag}"


RULES = (_identifier, _moment, _dates, _recipients, _sectors, _organisations, _budgets, _results, _narratives)


def complete(**fields):
    """A published partnership that has everything that IATI requires."""
    return factories.published_version(**({"status": "completed", "starts_on": "2014-03-01"} | fields))
