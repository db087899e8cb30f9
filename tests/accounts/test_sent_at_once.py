"""A button pressed twice: both requests are on their way at the same time."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership
from tests import factories
from tests.reviews.test_concurrency import at_once

if connection.vendor == "postgresql":  # as in tests/reviews/test_concurrency.py

    @pytest.mark.usefixtures("committing")
    def test_a_button_pressed_twice_begins_one_partnership():
        member = factories.OrganisationMemberFactory()
        words = {"behalf": f"organisation-{member.organisation_id}", "role": "mentor", "title": "Water for the hills"}
        client = Client()
        client.force_login(member.user)

        def press():
            twin = Client()
            twin.cookies = client.cookies
            return twin.post(reverse("partnerships:new"), words | {"csrfmiddlewaretoken": "of this page"})

        first, second = at_once(press, press)
        assert (first.status_code, second.status_code) == (302, 302)
        assert first.url == second.url
        assert Partnership.objects.count() == 1
