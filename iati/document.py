"""The file: what it holds and leaves out, by which licence, from when; then one activity after the other."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.utils import timezone

from directory.profile.public_entry import public_entries, with_dates
from directory.selection import CountDiffers
from iati.activity import Surroundings, activity_xml
from iati.elements import OWN, plain
from iati.organisations import publisher
from iati.places import World
from iati.required import complete_among, sort_out
from partnerships.models import PartnershipVersion

VERSION = "2.03"
BATCH = 100
NO_LICENCE = "not decided"


@dataclass(frozen=True)
class IatiFile:
    """What a question finds: ``exported`` are primary keys of partnerships, ``omitted`` is the number left out."""

    exported: list
    omitted: int

    @classmethod
    def of(cls, versions, order=()):
        """The file of published ``versions``, with one query; ``order``: as in ``sort_out``."""
        return cls(*sort_out(versions, order))

    @property
    def facts(self):
        """{name: value}: what stands in the headers of the answer, in the comment and on the root element."""
        reference, is_set = publisher()
        return {
            "activities": str(len(self.exported)),
            "omitted": str(self.omitted),
            "prefix": reference if is_set else "unset",
            "licence": settings.DATA_LICENCE or NO_LICENCE,
        }

    def chunks(self):
        """The text in pieces: the head, one piece for each activity, the end.

        Raises CountDiffers before the end when an entry was archived meanwhile: the file then does not look whole.
        """
        written = 0
        yield self._head()
        for text in activities(self.exported):
            written += 1
            yield text
        if written != len(self.exported):
            raise CountDiffers(f"{len(self.exported)} activities were stated and {written} written")
        yield "</iati-activities>\n"

    def _head(self):
        moment = timezone.now().isoformat(timespec="seconds")
        own = " ".join(f"wop:{name}={quoteattr(plain(value))}" for name, value in self.facts.items())
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {self._comment(moment)} -->\n'
            f'<iati-activities version="{VERSION}" generated-datetime="{moment}" xmlns:wop="{OWN}" {own}>\n'
        )

    def _comment(self, moment):
        facts = self.facts
        sentences = [
            f"Register of Water Operators' Partnerships, {settings.PORTAL_URL}, {moment}.",
            f"Licence of the data: {facts['licence']}.",
            f"Activities: {facts['activities']}.",
            f"Published partnerships left out because they lack what the standard requires: {facts['omitted']}.",
        ]
        if facts["prefix"] == "unset":
            sentences.append("The publisher's identifier is not set: the identifiers below are provisional.")
        return plain(" ".join(sentences)).replace("--", "- -")


def activities(partnerships):
    """The activities of ``partnerships`` (primary keys) in this order, in a constant number of queries per batch."""
    world, today = World.load(), timezone.localdate()
    for start in range(0, len(partnerships), BATCH):
        entries = _entries(partnerships[start : start + BATCH])
        related = {row.partnership_id for entry in entries for row in entry.version.related.all()}
        around = Surroundings(today, world, frozenset(complete_among(related)))
        for entry in entries:
            yield activity_xml(entry, around)


def _entries(partnerships):
    """Asked again for what is public: an entry may have been archived while the file was being sent."""
    place = {pk: number for number, pk in enumerate(partnerships)}
    versions = with_dates(PartnershipVersion.objects.published().filter(partnership__in=partnerships))
    return public_entries(sorted(versions, key=lambda version: place[version.partnership_id]))
