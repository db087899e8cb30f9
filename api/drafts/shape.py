"""What programs read and write of a draft: the schema of its model, and lists of terms under names of their own."""

from functools import cache

from partnerships.forms.sections import QUESTIONNAIRE as ABOUT_A_WOP
from partnerships.models import PartnershipVersion
from reports.forms.sections import QUESTIONNAIRE as REPORT
from reports.models import CHOICE_LISTS, ReportVersion
from reviews.schema import schema_of

UNANSWERED, CHOICES = "unanswered", "choices"
QUESTIONNAIRES = {PartnershipVersion: ABOUT_A_WOP, ReportVersion: REPORT}


class Shape:
    """``fields`` and ``relations`` as in the schema; ``lists`` are questions that are answered by choosing terms."""

    def __init__(self, model):
        schema = schema_of(model)
        self.fields = schema.fields
        self.lists = tuple(str(name) for name in CHOICE_LISTS) if CHOICES in schema.relations else ()
        self.relations = {
            name: relation for name, relation in schema.relations.items() if name not in {UNANSWERED, CHOICES}
        }
        self.questionnaire = QUESTIONNAIRES[model]

    @property
    def open_names(self):
        """The questions that may be left open for a reason."""
        return self.questionnaire.open_names


@cache
def shape_of(model):
    return Shape(model)
