"""Everything that the portal holds about a person, in whatever app: found by walking the relations to ``User``, and the
rows that name a verified address of theirs without knowing the account (their models say in which column).

A relation that is deleted with the account (a membership, kept words) is the person's own and is shown in full.
One that stays without a name (an event, an entry) belongs to the record of a WOP: of it the person gets what it is,
when it was, and the words they wrote themselves.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User

SECRET = {"password", "token_hash", "session_key", "key"}
SECRET_OF = {("mfa", "Authenticator"): {"data"}}
OWN_WORDS = {"comment", "text", "message", "name", "email"}
LABELS = {  # of models that are not ours
    "account.emailaddress": _("E-mail addresses"),
    "admin.logentry": _("Steps in the support area"),
    "mfa.authenticator": _("Second factors"),
    "usersessions.usersession": _("Browsers where you are signed in"),
}


@dataclass
class PersonalDataSet:
    """The rows of one relation; ``goes`` with the account or stays without the name."""

    relation: models.ForeignObjectRel
    rows: list

    @property
    def name(self):
        return f"{self.relation.related_model._meta.label_lower}.{self.relation.field.name}"

    @property
    def goes(self):
        return self.relation.on_delete is models.CASCADE or self.relation.many_to_many

    @property
    def label(self):
        model = self.relation.related_model._meta
        return LABELS.get(model.label_lower) or capfirst(model.verbose_name_plural)

    @property
    def as_data(self):
        return [as_data(row, in_full=self.goes) for row in self.rows]


@dataclass
class Addressed(PersonalDataSet):
    """Rows about a person that somebody else wrote; ``relation`` is the column with the address. They go."""

    @property
    def name(self):
        return f"{self.relation.model._meta.label_lower}.{self.relation.name}"

    @property
    def goes(self):
        return True

    @property
    def label(self):
        return capfirst(self.relation.model._meta.verbose_name_plural)


def relations():
    """Every relation of another table to a person, also those without a name on ``User``."""
    fields = User._meta.get_fields(include_hidden=True)
    return [field for field in fields if field.auto_created and not field.concrete and not _is_in_between(field)]


def _is_in_between(relation):
    """The table between two sides of a many-to-many field is no holding of its own."""
    return relation.related_model._meta.auto_created


def personal_data_of(user):
    """The holdings of ``user`` that have rows, own ones first."""
    found = [PersonalDataSet(relation, list(_rows(relation, user))) for relation in relations()] + addressed_to(user)
    return sorted((one for one in found if one.rows), key=lambda one: not one.goes)


def addressed_to(user):
    """The Addressed rows of ``user``, of every model that has ``address_of_person``, the name of a column."""
    verified = EmailAddress.objects.filter(user=user.pk, verified=True).values_list(Lower("email"), flat=True)
    columns = [
        model._meta.get_field(model.address_of_person)
        for model in apps.get_models()
        if hasattr(model, "address_of_person")
    ]
    addresses = list(verified) if columns else []
    return [Addressed(column, list(_with_address(column, addresses))) for column in columns]


def _with_address(column, addresses):
    return column.model._base_manager.alias(_address=Lower(column.name)).filter(_address__in=addresses).order_by("pk")


def _rows(relation, user):
    model = relation.related_model
    links = [field.name for field in model._meta.concrete_fields if field.many_to_one and field.name != "content_type"]
    return model._base_manager.filter(**{relation.field.name: user.pk}).select_related(*links).order_by("pk")


def as_data(row, *, in_full):
    """{field: value} of what may be handed out; a link reads as what it leads to."""
    hidden = SECRET | SECRET_OF.get((row._meta.app_label, row._meta.object_name), set())
    data = {"what": str(row)}
    for field in row._meta.concrete_fields:
        if field.name in hidden or not (in_full or _is_told(row, field)):
            continue
        value = getattr(row, field.name)
        data[field.name] = str(value) if isinstance(value, models.Model) else value
    return data


def _is_told(row, field):
    """Whoever wrote about somebody else (``own_words`` of the model) takes none of it along."""
    own = getattr(row, "own_words", OWN_WORDS)
    return field.primary_key or field.name in own or isinstance(field, models.DateTimeField)


def export_of(user):
    """All of it as plain data, for a JSON file."""
    account = as_data(user, in_full=True)
    return {"account": account, **{holding.name: holding.as_data for holding in personal_data_of(user)}}


def losses_of(user):
    """What nobody could do any more without ``user``, in sentences: memberships say it themselves."""
    rows = [row for holding in personal_data_of(user) if holding.goes for row in holding.rows]
    sentences = [row.lost_without() for row in rows if hasattr(row, "lost_without")]
    return [sentence for sentence in sentences if sentence]
