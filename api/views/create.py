"""Partnerships, reports and organisations are begun. What is sent again with the same key is not begun twice."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from api.entry_types import PARTNERSHIP, REPORT
from api.idempotency import once
from api.openapi.operations import IDEMPOTENCY_KEY, LOCATION, REPLAYED, TAG, told
from api.problems import Conflict
from api.serializers.writing.create import AddedOrganisation, NewOrganisation, NewPartnership, NewReport
from api.serializers.writing.drafts import PartnershipDraft, ReportDraft
from api.views.base import EntryView, ScopedView
from directory.absolute_urls import absolute
from operators.duplicates import PossibleDuplicates
from operators.models import Organisation
from operators.services import add_partner
from partnerships.permissions import nameable_organisations
from partnerships.services import start_partnership
from platforms.models import Platform
from reports.services import start_report
from vocabularies.choice_messages import choose_from
from vocabularies.models import Country

BEGUN = [IDEMPOTENCY_KEY, TAG, LOCATION, REPLAYED]


class Beginning:
    """What a POST begins; reading at the same address is somebody else's, and needs no token."""

    def scope_for(self, request):
        return None if request.method in SAFE_METHODS else self.writes


@told(
    post={"name": "partnerships_begin", "summary": gettext_lazy("Begin a partnership"), "request": NewPartnership,
          "answers": {"201": PartnershipDraft}, "headers": BEGUN},
)  # fmt: skip
class Partnerships(Beginning, EntryView):
    kind = PARTNERSHIP

    def post(self, request):
        """A new partnership with an empty draft, for an organisation or a platform of yours."""
        return once(request, self._begin)

    def _begin(self):
        given = self.given(NewPartnership)
        organisation = _chosen(nameable_organisations(self.request.user), given, "organisation")
        platform = _chosen(Platform.objects.all(), given, "platform")
        _check_reach(self.request.auth, organisation, platform)
        version = start_partnership(
            self.request.user,
            organisation=organisation,
            platform=platform,
            **{name: given.get(name, "") for name in ("title", "role", "language")},
        )
        return self.answer(version, 201, Location=self.kind.url("draft", version))


def _chosen(things, given, name):
    """The thing with the key that stands under ``name``; None when none is named."""
    if not given.get(name):
        return None
    found = things.filter(key=given[name]).first()
    if found is None:
        raise ValidationError({name: choose_from(things.model._meta.verbose_name_plural)})
    return found


def _check_reach(token, organisation, platform):
    """A token that is kept to an organisation or a platform begins nothing for others."""
    if token is None or not (token.organisation_id or token.platform_id):
        return
    below = Platform.objects.filter(pk=token.platform_id).with_those_below()
    is_within = platform and below.filter(pk=platform.pk).exists()
    if not token.belongs or not (is_within or (organisation and organisation.pk == token.organisation_id)):
        raise PermissionDenied(_("This token is kept to entries of one organisation or platform."))


@told(
    post={"name": "partnerships_reports_begin", "summary": gettext_lazy("Begin a report"), "request": NewReport,
          "answers": {"201": ReportDraft}, "headers": BEGUN},
)  # fmt: skip
class Reports(Beginning, EntryView):
    kind = REPORT

    def post(self, request, reference):
        """A report on a partnership, with what is known already; 409 where there is one of this kind and period."""
        partnership = get_object_or_404(PARTNERSHIP.identities(request), reference=reference)
        return once(request, lambda: self._begin(partnership))

    def _begin(self, partnership):
        version = start_report(self.request.user, partnership=partnership, **self.given(NewReport))
        return self.answer(version, 201, Location=self.kind.url("draft", version))


@told(
    post={"name": "organisations_add", "summary": gettext_lazy("Add a partner that the register lacks"),
          "request": NewOrganisation, "answers": {"201": AddedOrganisation}, "headers": [IDEMPOTENCY_KEY, REPLAYED]},
)  # fmt: skip
class Organisations(Beginning, ScopedView):
    def post(self, request):
        """409 with “look_alikes” while the register has some that it may be; ``confirm_new`` says it is another one."""
        return once(request, self._add)

    def _add(self):
        given = self.given(NewOrganisation)
        is_new, code = given.pop("confirm_new"), given.pop("country")
        country = Country.objects.filter(pk=code).first()
        if code and country is None:
            raise ValidationError({"country": choose_from(Country._meta.verbose_name_plural)})
        try:
            added = add_partner(by=self.request.user, is_new=is_new, country=country, **given)
        except PossibleDuplicates as error:
            raise Conflict(" ".join(error.messages), "look_alikes", look_alikes=_told(error.found)) from error
        return Response(AddedOrganisation(added).data, status=201)


def _told(organisations):
    """Enough of each to see whether it is the one that is meant."""
    return [
        {"key": one.key, "name": one.name, "acronym": one.acronym, "country": one.country_id, "url": _url_of(one)}
        for one in organisations
    ]


def _url_of(organisation: Organisation):
    return absolute(reverse("directory:operator", args=[organisation.slug])) if organisation.is_published else None


def beside(reading, writing):
    """One view for one address: ``reading`` (made by ``api_view``) answers GET, ``writing`` everything else."""

    class Both(writing):
        get = reading.cls.get

        def get_authenticators(self):
            """A session says nothing where everybody reads the same."""
            reads = self.request is not None and self.request.method in SAFE_METHODS
            return [one() for one in reading.cls.authentication_classes] if reads else super().get_authenticators()

        def finalize_response(self, request, response, *args, **kwargs):
            if request.method in SAFE_METHODS:
                return reading.cls.finalize_response(self, request, response, *args, **kwargs)
            return super().finalize_response(request, response, *args, **kwargs)

    Both.__name__, Both.__doc__ = writing.__name__, reading.cls.__doc__
    return Both.as_view()
