"""Who may begin a WOP, and what an author may name in a draft."""

from collections.abc import Iterable

from django.db.models import ForeignKey, Model, Q, QuerySet

from accounts.models import AnyUser, User
from operators.models import Organisation
from partnerships.models import Partnership, PartnershipVersion, StoredFile
from partnerships.models.base import Version
from platforms.models import Platform
from reviews.states import State
from vocabularies.models import Term

CLOSED = (State.REJECTED, State.ARCHIVED, State.DISCARDED)


def can_start_for(user: AnyUser, organisation: Organisation | None) -> bool:
    """Members begin WOPs of their organisation, also while its registration is being reviewed."""
    if organisation is None or organisation.state in CLOSED:
        return False
    return organisation.members.filter(user=user.pk).exists()


def can_start_as_secretariat(user: AnyUser, platform: Platform) -> bool:
    return platform.members.filter(user=user.pk).exists()


def acting_platform(user: User, partnership: Partnership) -> Platform | None:
    """The Platform for which ``user`` may take up a public WOP of operators without accounts; None for everybody else.

    It is the one that reviews the WOP, or the nearest one above of whose secretariat ``user`` is.
    """
    public = partnership.versions.published().select_related("reviewing_platform").first()
    if public is None or public.reviewing_platform is None:
        return None
    if not Partnership.objects.without_accounts().filter(pk=partnership.pk).exists():
        return None
    line = public.reviewing_platform.line()
    own = set(user.secretariats.filter(platform__in=line).values_list("platform", flat=True))
    return next((platform for platform in line if platform.pk in own), None)


def nameable_organisations(user: AnyUser, version: Version | None = None) -> QuerySet[Organisation]:
    """Those that ``user`` may name: public ones, their own, ones they added in place or that ``version`` names."""
    own = Q(members__user=user.pk) & ~Q(state__in=CLOSED)
    added = Q(created_by=user.pk, state=State.DRAFT, members=None)
    seen = Q(state=State.PUBLISHED) | own | added
    if version is not None:
        seen |= Q(pk__in=version.named_organisations())
    return Organisation.objects.filter(pk__in=Organisation.objects.filter(seen).order_by().values("pk"))


def nameable_partnerships(user: AnyUser) -> QuerySet[Partnership]:
    """Published WOPs, and those that ``user`` writes."""
    own = PartnershipVersion.objects.written_by(user).order_by().values("partnership")
    return Partnership.objects.filter(Q(versions__state=State.PUBLISHED) | Q(pk__in=own)).distinct()


def nameable_files(user: AnyUser, version: Version, kind: type[Model]) -> QuerySet[StoredFile]:
    """Those that ``user`` uploaded or that a version of the same entry has attached."""
    attached = kind._base_manager.filter(version__in=[version.pk, *version.siblings().values_list("pk", flat=True)])
    return StoredFile.objects.filter(Q(uploaded_by=user.pk) | Q(pk__in=attached.values("stored_file")))


def nameable_terms(model: type[Term], chosen: Iterable[int] | QuerySet) -> QuerySet[Term]:
    """Those that are offered now; what a draft has ``chosen`` (primary keys) stays, also when it was retired since."""
    return model.objects.filter(Q(is_active=True) | Q(pk__in=chosen))


def nameable(field: ForeignKey, version: Version, user: AnyUser, values: set[int | str]) -> set[int | str]:
    """Those of ``values`` that ``user`` may put into the foreign key ``field`` of a row of ``version``."""
    if field.related_model is Organisation:
        found: QuerySet = nameable_organisations(user, version)
    elif field.related_model is Partnership:
        found = nameable_partnerships(user).exclude(pk=version.wop().pk)
    elif field.related_model is StoredFile:
        found = nameable_files(user, version, field.model)
    elif issubclass(field.related_model, Term):
        chosen = field.model._base_manager.filter(version=version).values(field.attname)
        found = nameable_terms(field.related_model, chosen)
    else:
        return values
    return set(found.filter(pk__in=values).values_list("pk", flat=True))
