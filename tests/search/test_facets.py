"""The facets of random questions against a recount of the entries, one by one."""

import random

import pytest
from django.http import QueryDict

from directory.facets import Facets
from directory.filters.partnerships import PartnershipFilter
from partnerships.models import PartnershipVersion, Role
from tests.registered import RegisterTestCase
from tests.search.questions import as_query, possible, random_question
from tests.search.reading import PER_ROW, entries
from vocabularies.models import GwopaRegion

OF_ENTRY = ("platform", "programme", "activity", "support", "factor", "status", "language")
"""Facets that count each value that an entry has, whatever else is asked of it."""


def recounted(all_entries, asked, facet):
    """{value: number of entries} of a facet."""
    if facet == "area":
        found = answering(all_entries, asked, {"area"})
        return counted(found, lambda entry: entry.areas_shown())
    if facet in OF_ENTRY:
        return counted(answering(all_entries, asked, {facet}), lambda entry: set(entry.values(facet)))
    rows = {name: values for name, values in asked.items() if name in PER_ROW and name != facet}
    values = {"country": lambda row: {row.country}, "region": lambda row: row.regions, "role": lambda row: None}[facet]
    found = answering(all_entries, {name: asked[name] for name in asked if name not in PER_ROW}, set())
    shown = {"role": Role.values, "region": GwopaRegion.values}.get(facet) or {
        value for entry in found for row in entry.rows for value in values(row) if value
    }
    return {value: number for value in shown
            if (number := sum(entry.placed_in_role(rows, facet, value) for entry in found))}  # fmt: skip


def answering(all_entries, asked, without):
    rest = {name: values for name, values in asked.items() if name not in without}
    return [entry for entry in all_entries if entry.answers(rest)]


def counted(found, values_of):
    values = {value for entry in found for value in values_of(entry)}
    return {value: sum(value in values_of(entry) for entry in found) for value in values}


class TestFacets(RegisterTestCase):
    def check(self, number, seed):
        chance, values, all_entries = random.Random(seed), possible(), entries()
        for _ in range(number):
            asked = random_question(chance, values)
            filterset = PartnershipFilter(QueryDict(as_query(asked)), PartnershipVersion.objects.published())
            assert filterset.is_valid(), (asked, filterset.errors)
            facets = Facets(filterset)
            found = {entry.reference for entry in answering(all_entries, asked, set())}
            assert {version.partnership.reference for version in filterset.qs} == found, asked
            assert facets.total == len(found), asked
            for facet in facets.as_list():
                options = {option.value: option.count for option in facet.options if option.count}
                assert options == recounted(all_entries, asked, facet.name), (asked, facet.name)

    def test_of_some_questions(self):
        self.check(30, 12)

    @pytest.mark.whole
    def test_of_many_questions(self):
        self.check(300, 2026)
