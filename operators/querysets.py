"""Which organisations who sees."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import AnyUser
from operators.naming import entries_naming
from reviews import reviewing
from reviews.paths import Path
from reviews.querysets import ReviewableQuerySet

MANAGER = "manager"
PEOPLE = "members__user"
"""The way from an organisation to its people."""

OPERATOR_KINDS = (
    "operator",
    "public-utility",
    "private-operator",
    "city-department",
    "syndicate",
    "asset-holder",
    "cooperative",
)


class MembersQuerySet(ReviewableQuerySet):
    """What the members of an organisation write and its secretariat decides on."""

    people = PEOPLE

    def visible_to(self, user: AnyUser) -> Self:
        """Working pages: everything that ``user`` may open, in whatever state."""
        written, served = self.written_by(user), self.served_by(user)
        return self.filter(Q(pk__in=written.order_by().values("pk")) | Q(pk__in=served.order_by().values("pk")))


class OrganisationQuerySet(MembersQuerySet):
    @classmethod
    def author_paths(cls) -> tuple[Path, ...]:
        """Its members write it; one without members is written by who entered it (as the partner of a WOP)."""
        return Path(PEOPLE), Path("created_by", Q(members=None))

    @classmethod
    def involved_paths(cls) -> tuple[Path, ...]:
        return (Path(""),)

    def operators(self) -> Self:
        """Those that run or own water services; counts of operators leave the other kinds out."""
        return self.filter(kind__in=OPERATOR_KINDS)

    def named(self, text: str) -> Self:
        """Those whose key, full name or acronym is ``text``: how the register's files name them."""
        found = self.filter(key=text) | self.filter(name__iexact=text) | self.filter(acronym__iexact=text)
        return found.distinct()

    def managed_by(self, user: AnyUser) -> Self:
        return self.filter(members__user=user.pk, members__role=MANAGER)

    def named_beside(self, user: AnyUser) -> Self:
        """Those that a WOP names, in any of its versions, which an organisation of ``user`` takes part in."""
        return self.filter(pk__in=entries_naming().named_beside(user))

    def overseen_by(self, user: AnyUser) -> Self:
        """Those that the secretariats of ``user`` look after, in whatever state: by their platform, else by country."""
        unrouted = Q(reviewing_platform=None, country__in=reviewing.reviewers().countries_served_by(user))
        return self.filter(Q(reviewing_platform__in=reviewing.reviewers().served_by(user)) | unrouted)

    def claimable_by(self, user: AnyUser) -> Self:
        """Those whose people ``user`` may look for: what they may open, and whom their WOPs name."""
        seen, named = self.visible_to(user), self.named_beside(user)
        return self.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=named.values("pk")))

    def with_contacts_for(self, user: AnyUser) -> Self:
        """Those whose contacts ``user`` may see, as far as a query can tell (``permissions.can_see_contacts``)."""
        own, overseen = self.those_of(Q(members__user=user.pk)), self.overseen_by(user).order_by()
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=overseen.values("pk")))

    def peopled_by(self, user: AnyUser) -> Self:
        """Those whose people ``user`` may see: what they may open, and where they answer who asks to join."""
        requests = self.model._meta.get_field("join_requests").related_model.objects.answerable_by(user)
        answered = Q(pk__in=requests.order_by().values("organisation"))
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | answered)

    def with_standing(self, user: AnyUser) -> Self:
        """Adds ``is_mine`` and ``is_asked``: whether ``user`` is a member, or has asked to become one."""
        member = self.model._meta.get_field("members").related_model.objects
        request = self.model._meta.get_field("join_requests").related_model.objects
        return self.annotate(
            is_mine=Exists(member.filter(organisation=OuterRef("pk"), user=user.pk)),
            is_asked=Exists(request.filter(organisation=OuterRef("pk"), user=user.pk, answer="")),
        )


class OrganisationChangeQuerySet(MembersQuerySet):
    @classmethod
    def author_paths(cls) -> tuple[Path, ...]:
        """Those who manage the organisation write it."""
        return (Path(f"organisation__{PEOPLE}", Q(organisation__members__role=MANAGER)),)

    @classmethod
    def involved_paths(cls) -> tuple[Path, ...]:
        return (Path("organisation"),)


class JoinRequestQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def pending(self) -> Self:
        return self.filter(answer="")

    def answerable_by(self, user: AnyUser) -> Self:
        """Waiting ones of the organisations that ``user`` manages or oversees; nobody answers their own.

        ``operators.permissions.can_answer`` decides on the single one: it also asks for the second factor.
        """
        organisations = self.model._meta.get_field("organisation").related_model.objects
        managed = organisations.managed_by(user).order_by().values("pk")
        overseen = organisations.overseen_by(user).without_part_of(user)
        mine = Q(organisation__in=managed) | Q(organisation__in=overseen.order_by().values("pk"))
        return self.pending().filter(mine).exclude(user=user.pk)
