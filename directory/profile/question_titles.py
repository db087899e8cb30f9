"""What the questions of the forms are called, by the code under which an open one is kept."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from vocabularies.models import TermList


def question_label(model, question):
    """The words for ``question`` on a version of ``model``: a field, a kind of row, a list of terms, or as it is.

    ``cost_amount`` and the other fields of the cost are one question.
    """
    special = {"cost": _("Total cost"), "cost_amount": _("Total cost"), "facilitator": _("Facilitator")}
    if question in special:
        return special[question]
    if question in TermList.values:
        return str(TermList(question).label)
    try:
        field = model._meta.get_field(question)
    except FieldDoesNotExist:
        return question
    label = field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name
    return str(label)[:1].upper() + str(label)[1:]


def open_questions(version):
    """Pairs (question, reason) for all that the authors left open and said why."""
    return [(question_label(type(version), row.question), row.get_reason_display()) for row in version.unanswered.all()]
