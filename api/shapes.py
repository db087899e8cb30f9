"""Which questions an entry answers, in the order and by the names in which programs read and write them."""

from dataclasses import dataclass
from functools import cache, cached_property

from api.answers import Answer, answer_of
from partnerships.forms.record import QUESTIONNAIRE as ABOUT_A_WOP
from partnerships.models import PartnershipVersion
from partnerships.services.drafting import content_fields
from partnerships.services.rows import FIXED
from reports.forms.record import QUESTIONNAIRE as REPORT
from reports.models import CHOICE_LISTS, ReportVersion
from reviews.cloning import row_models

UNANSWERED, CHOICES = "unanswered", "choices"
QUESTIONNAIRES = {PartnershipVersion: ABOUT_A_WOP, ReportVersion: REPORT}


@dataclass(frozen=True)
class Relation:
    """The rows of one kind. ``beside``: columns that follow from others and are only read."""

    name: str
    kind: type

    @cached_property
    def answers(self):
        columns = [field for field in self.kind._meta.concrete_fields if field.name not in FIXED]
        return {field.name: answer_of(field) for field in columns}

    @property
    def beside(self):
        return set(self.kind.titles_beside.values())


class Shape:
    """What versions of one model say. ``lists`` are questions that are answered by choosing terms."""

    def __init__(self, model):
        self.model = model
        self.fields: dict[str, Answer] = {name: answer_of(field) for name, field in content_fields(model).items()}
        relations = {
            kind._meta.get_field("version").remote_field.get_accessor_name(): kind for kind in row_models(model)
        }
        self.lists = tuple(str(name) for name in CHOICE_LISTS) if CHOICES in relations else ()
        self.relations = {
            name: Relation(name, kind) for name, kind in relations.items() if name not in {UNANSWERED, CHOICES}
        }

    @property
    def questionnaire(self):
        return QUESTIONNAIRES[self.model]

    @property
    def open_names(self):
        """The questions that may be left open for a reason."""
        return self.questionnaire.open_names


@cache
def shape_of(model):
    return Shape(model)
