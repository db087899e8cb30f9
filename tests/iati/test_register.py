"""The real register as IATI: what is complete is valid, what is not is listed with what it lacks."""

import json
from collections import Counter

from django.urls import reverse

from partnerships.models import PartnershipVersion
from tests import register_files as files
from tests.iati.rules import checked_root
from tests.registered import RegisterTestCase


class TestRegister(RegisterTestCase):
    def test_every_published_partnership_is_either_a_valid_activity_or_listed_with_what_it_lacks(self):
        answer = self.client.get(reverse("api:partnerships-iati"))
        root = checked_root(answer.getvalue())
        missing = json.loads(self.client.get(reverse("api:partnerships-iati-missing")).content)
        written = {one.text.removeprefix("UNSET-IATI-ORG-REF-") for one in root.iter("iati-identifier")}
        omitted = {one["reference"] for one in missing["results"]}
        directory = self.client.get("/en/partnerships/").context["page_obj"].paginator.count
        assert len(written) + len(omitted) == len(written | omitted) == missing["partnerships"] == directory
        assert directory == files.number("partnerships")
        rows = files.latest().values()
        assert written == {row["reference"] for row in rows if row["status"] and row["start"]}
        lacking = Counter(name for one in missing["results"] for name in one["lacks"])
        undated = sum(not (row["start"] or row["signed_on"]) for row in rows)
        assert lacking == {"activity-status": sum(not row["status"] for row in rows), "activity-date": undated}

    def test_every_other_one_would_be_valid_if_its_status_and_start_were_known(self):
        versions = PartnershipVersion.objects.published()
        versions.filter(status="unknown").update(status="under-way")
        versions.filter(starts_on="").update(starts_on="2014")
        root = checked_root(self.client.get(reverse("api:partnerships-iati")).getvalue())
        assert len(root.findall("iati-activity")) == files.number("partnerships")
        regions = {
            one.getparent().findtext("iati-identifier")[-8:]: one.get("code") for one in root.iter("recipient-region")
        }
        peers = {row["reference"] for row in files.rows("partnerships") if row["mentors"] == row["mentees"]}
        assert set(regions) == peers  # each among several countries
        assert (regions["WOP-0013"], regions["WOP-0068"]) == ("001", "005")
