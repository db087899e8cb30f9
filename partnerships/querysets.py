"""Which partnerships and versions who sees, and what lists need with them."""

from functools import reduce
from operator import or_
from typing import Any, NoReturn, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import SHA256, Coalesce, Left, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AnyUser
from operators.querysets import PEOPLE
from platforms.models import Platform
from reviews.paths import Path
from reviews.querysets import ReviewableQuerySet
from reviews.states import OPEN_STATES, State
from vocabularies.localised import active_language

LIVE = (State.PUBLISHED, *OPEN_STATES)
"""A version that is public or being worked on: whom it names has a part in the WOP and in its reports."""

MAIN_ROLES = ("lead-mentor", "mentor", "lead-mentee", "mentee", "peer", "partner")
"""The two sides of a WOP; everybody else stands beside them."""
NEVER_DELETED = _("A reference is never reused: archive or discard the versions instead.")


class PartnershipQuerySet(QuerySet):
    model: type[Any]
    """It lies above and is more than a Model."""

    def published(self) -> Self:
        """Those with a published version."""
        return self.filter(versions__state=State.PUBLISHED)

    def archived(self) -> Self:
        """Those that were public and are gone from every channel."""
        return self.filter(versions__state=State.ARCHIVED).exclude(versions__state=State.PUBLISHED)

    def without_accounts(self) -> Self:
        """Those in which nobody who takes part has an account, and no secretariat writes in their stead yet."""
        return self.filter(entered_by=None).exclude(participants__organisation__members__user__is_active=True)

    def known_to(self, user: AnyUser) -> Self:
        """Those that are public, and those of which ``user`` may open a version."""
        versions = self.model._meta.get_field("versions").related_model.objects.visible_to(user)
        public = self.model.objects.published().values("pk")
        return self.filter(Q(pk__in=versions.order_by().values("partnership")) | Q(pk__in=public))

    def with_public_title(self) -> Self:
        """Adds ``public_title``: that of the published version, None where there is none; and ``translated_title``:
        the same in the language of the page, None where no translation fits.
        """
        versions = self.model._meta.get_field("versions").related_model._base_manager
        published = versions.filter(partnership=OuterRef("pk"), state=State.PUBLISHED)
        translations = versions.model._meta.get_field("translations").related_model.objects
        titles = translations.titles().filter(version__partnership=OuterRef("pk"), version__state=State.PUBLISHED)
        return self.annotate(
            public_title=Subquery(published.values("title")[:1]), translated_title=Subquery(titles.values("text")[:1])
        )

    def delete(self) -> NoReturn:
        raise ValidationError(NEVER_DELETED)

    # Django's own marks, which no type of a function has: no method of the manager, never callable from a template.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class VersionQuerySet(ReviewableQuerySet):
    """Versions of partnerships and of reports; ``wop`` leads from one to its partnership."""

    wop = ""

    people = PEOPLE

    @classmethod
    def author_paths(cls) -> tuple[Path, ...]:
        """Members of the participants write it, never those of a draft's rows; and the secretariat that entered it."""
        return (
            Path(f"{cls.wop}__participants__organisation__{PEOPLE}"),
            Path(f"{cls.wop}__entered_by__members__user"),
        )

    @classmethod
    def involved_paths(cls) -> tuple[Path, ...]:
        """Who takes part in the WOP, or is involved in any role in its public or open version."""
        return (
            Path(f"{cls.wop}__participants__organisation"),
            Path(f"{cls.wop}__versions__involvements__organisation", Q(**{f"{cls.wop}__versions__state__in": LIVE})),
        )

    def shown_for_confirmation_to(self, user: AnyUser) -> Self:
        """Submitted ones that name an organisation of ``user`` on one of the two sides: it is asked to confirm."""
        raise NotImplementedError

    def shown_for_comment_to(self, user: AnyUser) -> Self:
        """Submitted ones that name a platform of ``user``: all named platforms may comment, one decides."""
        raise NotImplementedError

    def visible_to(self, user: AnyUser) -> Self:
        """Working pages: everything that ``user`` may open, in whatever state."""
        seen = (
            self.written_by(user), self.served_by(user), self.shown_for_confirmation_to(user),
            self.shown_for_comment_to(user),
        )  # fmt: skip
        return self.filter(reduce(or_, (Q(pk__in=part.order_by().values("pk")) for part in seen)))

    def concerning(self, *, organisation: int | None = None, platform: int | None = None) -> Self:
        """Those of WOPs in which the organisation takes part or is named, or that the platform entered or deals with.

        Both are primary keys; a platform stands for those below it too.
        """
        if organisation:
            named = f"{self.wop}__versions__involvements__organisation"
            return self.those_of(
                Q(**{f"{self.wop}__participants__organisation": organisation}) | Q(**{named: organisation})
            )
        line = Platform.objects.filter(pk=platform).with_those_below()  # type: ignore[misc] # None is none of them
        return self.those_of(Q(reviewing_platform__in=line) | Q(**{f"{self.wop}__entered_by__in": line}))

    def with_translations(self) -> Self:
        """With what their own texts are in the language of the page, for ``reviews.translations.told``; one query."""
        rows = self.model._meta.get_field("translations").related_model._base_manager
        own = rows.filter(language=active_language(), row_key=None)
        return self.prefetch_related(Prefetch("translations", own, "translations_in_list"))

    def visible_history(self) -> Self:
        """Published versions and the superseded ones below a published one: all that is public."""
        identity = self.model.identity_field
        public = self.model.objects.published().filter(**{identity: OuterRef(identity)})
        return self.filter(Exists(public), state__in=[State.PUBLISHED, State.SUPERSEDED])


class PartnershipVersionQuerySet(VersionQuerySet):
    wop = "partnership"

    @classmethod
    def involved_paths(cls) -> tuple[Path, ...]:
        """Also in this very version."""
        return *super().involved_paths(), Path("involvements__organisation")

    def shown_for_confirmation_to(self, user: AnyUser) -> Self:
        named = Q(involvements__organisation__members__user=user.pk, involvements__role__in=MAIN_ROLES)
        return self.waiting().those_of(named)

    def shown_for_comment_to(self, user: AnyUser) -> Self:
        return self.waiting().those_of(Q(named_platforms__platform__members__user=user.pk))

    def with_signed_on(self) -> Self:
        """Adds ``signed_on``: the first dated agreement, ISO text or None."""
        agreements = self._rows("agreements").exclude(signed_on="").order_by("signed_on")
        return self.annotate(signed_on=Subquery(agreements.values("signed_on")[:1]))

    def with_years(self) -> Self:
        """Adds ``first_year`` and ``last_year`` as four digits, None for undated entries.

        A WOP begins with its start, else with its first signature; an open end counts as the
        current year only while it is under way, else as the beginning.
        """
        ends = NullIf(Left("ends_on", 4), Value(""))
        until_now = Case(
            When(status="under-way", then=Value(str(timezone.now().year))), default=None, output_field=CharField()
        )
        return (
            self.with_signed_on()
            .annotate(first_year=Coalesce(NullIf(Left("starts_on", 4), Value("")), Left("signed_on", 4), ends))
            .annotate(
                last_year=Case(When(first_year=None, then=None), default=Coalesce(ends, until_now, F("first_year")))
            )
        )

    def for_list(self) -> Self:
        """With everything that an entry of a list shows, in a constant number of queries."""
        return (
            self.with_involved()
            .prefetch_related(
                Prefetch("tracks", self._rows_of("tracks").select_related("area")),
                Prefetch("named_platforms", self._rows_of("named_platforms").select_related("platform")),
            )
            .with_translations()
        )

    def with_involved(self) -> Self:
        """With their partnership and everybody involved, in two queries."""
        rows = self._rows_of("involvements").select_related("organisation__country", "country")
        return self.select_related("partnership").prefetch_related(Prefetch("involvements", rows))

    def _rows_of(self, name):
        return self.model._meta.get_field(name).related_model._base_manager.order_by("position", "pk")

    def _rows(self, name):
        return self._rows_of(name).filter(version=OuterRef("pk"))


class Fingerprint(SHA256):
    """The SHA-256 of a text; PostgreSQL knows it without the extension that Django asks for."""

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **more)


class TranslationQuerySet(QuerySet):
    def titles(self) -> Self:
        """The titles of partnerships in the language of the page, where they fit."""
        made_of_it = Q(source_fingerprint=Fingerprint("version__title"))
        return self.filter(made_of_it, language=active_language(), row_key=None, field="title")


class InvolvementQuerySet(QuerySet):
    def main(self) -> Self:
        """The two sides of a WOP: mentors, mentees, peers and partners."""
        return self.filter(role__in=MAIN_ROLES)

    def named_beside(self, user: AnyUser) -> QuerySet:
        """Primary keys of the organisations that a WOP names, in any version, which one of ``user`` takes part in."""
        mine = self.filter(**{f"version__partnership__participants__organisation__{PEOPLE}": user.pk})
        return mine.order_by().values("organisation")

    def told_of(self, organisation: Model) -> list[dict[str, object]]:
        """The submitted and the public versions that name it as mentor, mentee or peer, as a mail tells them."""
        rows = self.main().filter(organisation=organisation, version__state__in=[State.SUBMITTED, State.PUBLISHED])
        named = rows.order_by("version__partnership__reference")
        columns = {"version": "version", "reference": "version__partnership__reference", "title": "version__title"}
        found = dict.fromkeys(named.values_list(*columns.values()))
        return [dict(zip(columns, values, strict=True)) for values in found]

    def placed(self) -> Self:
        """Adds ``place``: the country code of the organisation, or of the partner that is not named."""
        return self.annotate(place=Coalesce("organisation__country", "country"))


class ConfirmationQuerySet(QuerySet):
    def of(self, *entries: Model) -> Self:
        """The answers of organisations to entries of one model, on whatever words they had then."""
        kind = ContentType.objects.get_for_model(entries[0])
        return self.filter(content_type=kind, object_id__in=[entry.pk for entry in entries])
