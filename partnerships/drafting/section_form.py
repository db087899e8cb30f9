"""One section of a draft on its page: all its questions, bound to what was typed or to what is stored."""

import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from operators.models import Organisation
from partnerships.drafting.bound import Problem, numbers_in, pardon, rearranged, rows_after
from partnerships.drafting.comments import DraftComments
from partnerships.drafting.fields import Offer
from partnerships.drafting.merging import Merge
from partnerships.drafting.partners import PartnerForm, added, asked_for
from partnerships.services import save_draft
from reviews.diffs import changes_between
from reviews.snapshots import ITSELF, at_revision, content_of
from vocabularies.currencies import CurrencyField, offered

ACTION = re.compile(r"(add|remove|up|down)-([a-z_]+)(?:-(\d+))?")


class SectionForm:
    """``data`` is a QueryDict, sent or kept, or None. Quacks like a form for components/errors.html."""

    def __init__(self, section, answers, user, data=None):
        self.section, self.answers, self.user, self.data = section, answers, user, data
        self.version = answers.version
        self.revision = self._sent_revision("revision") or self.version.revision
        self.told = self._sent_revision("told")
        self.offer = Offer(answers, user)
        self.comments = DraftComments(self.version, answers)
        self.questions = [question.bound(self) for question in section.questions]
        self.non_field_errors = []
        self.partner = self._partner()
        self.changes = []
        self.is_stale = False
        self.merge = None
        self.saved = None

    def _partner(self):
        """The form for a partner that is not in the register, where the section has one."""
        adding = next((bound for bound in self.questions if getattr(bound.question, "adds_partners", False)), None)
        if adding is None:
            return None
        self.partner_relation = adding.name
        form = PartnerForm(self)
        pardon(form)
        return form

    def _sent_revision(self, name):
        """``revision``: the one that the page was opened with; ``told``: up to which it showed what others changed."""
        sent = str((self.data or {}).get(name, ""))
        return int(sent) if sent.isdecimal() and len(sent) < 9 else None

    # --- errors, as components/errors.html reads them ---------------------------------------------------

    @property
    def problems(self):
        judged = [problem for bound in self.questions for problem in bound.problems()] if self.is_judged else []
        partner = [bound for bound in self.partner or [] if bound.errors]
        return judged + [Problem(bound.id_for_label, bound.label, bound.errors) for bound in partner]

    @property
    def errors(self):
        return [*self.non_field_errors, *self.problems]

    def __iter__(self):
        return iter(self.problems)

    @property
    def uses_organisations(self):
        """Whether an organisation is asked for by its name: the page then carries names to complete it."""
        kinds = [self.answers.kinds[name] for question in self.section.questions for name in question.names
                 if name in self.answers.kinds]  # fmt: skip
        return any(field.related_model is Organisation for kind in kinds for field in kind._meta.concrete_fields)

    @property
    def currencies(self):
        """[(code, name)] to complete from, where the page asks for a currency."""
        asks = any(isinstance(field, CurrencyField) for bound in self.questions for form in bound.forms()
                   for field in form.fields.values())  # fmt: skip
        return offered() if asks else []

    is_judged = False
    """Words that were only kept, or to which a row was just added, are shown without a verdict."""

    def leave_unjudged(self):
        for bound in self.questions:
            for form in bound.forms():
                pardon(form)

    # --- rows added, removed, moved without a script ----------------------------------------------------

    def action(self):
        """The button that asks for another look of the page, as (action, relation, place in the list), else None."""
        relations = {name for question in self.section.questions for name in question.names}
        for name in self.data:
            found = ACTION.fullmatch(name)
            if found and found[2] in relations:
                numbers = numbers_in(self.data, found[2])
                number = int(found[3] or 0)
                place = numbers.index(number) if number in numbers else -1
                if found[1] == "add" or place >= 0:
                    return found[1], found[2], place
        return None

    def after(self, action, relation, place):
        """What is typed, with a row more or less."""
        data = rearranged(self.data, relation, rows_after(action, place))
        for name in [name for name in data if ACTION.fullmatch(name)]:
            del data[name]
        return data

    def wish(self):
        """What the form for a new partner asks for, None when another button was pressed."""
        return asked_for(self.data) if self.partner else None

    def with_partner(self, wish):
        """What is typed with one row more; None while the form for a new partner has something to say."""
        return added(self.partner, wish, self.partner_relation, self.user)

    # --- saving -----------------------------------------------------------------------------------------

    def is_valid(self):
        self.is_judged = True
        verdicts = [bound.clean() for bound in self.questions]
        return all(verdicts)

    def collected(self):
        fields, rows = {}, {}
        for bound in self.questions:
            bound.collect(fields, rows)
        return fields, rows

    def find_more(self):
        """Beside what could not be read, show what ``save_draft`` would refuse of the rest."""
        found = {name: messages for bound in self.questions for name, messages in bound.found().items()}
        try:
            self._save(*self.collected(), found=found)
        except ValidationError as error:
            more = error.message_dict if hasattr(error, "error_dict") else {}
            self.accept({name: messages for name, messages in more.items() if name not in found})

    def save(self):
        """The version as it now stands; ValidationError as ``save_draft`` raises it.

        Where others have changed only other sections, there is nothing to refuse. What they changed in this one stays,
        unless I changed the same answer: then I am asked, once.
        """
        fields, rows = self.collected()
        if self.revision == self.version.revision:
            return self._save(fields, rows)
        if not self._has_changed_since(self.revision):
            return self._save(fields, rows)
        if self.base is None:
            raise _stale()
        self.merge = Merge(self.answers, self.base, content_of(self.version), fields, rows)
        if self.merge.clashes and (self.told is None or self._has_changed_since(self.told)):
            raise _stale()
        return self._save_merged()

    def _save(self, fields, rows, **more):
        return save_draft(self.version, by=self.user, revision=self.version.revision, fields=fields, rows=rows, **more)

    def _save_merged(self):
        try:
            return self._save(self.merge.fields, self.merge.rows)
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                raise ValidationError(self.merge.at_my_places(error.message_dict)) from error
            raise

    @cached_property
    def base(self):
        """What the entry said when the page was opened; None when nobody can say."""
        return at_revision(self.version, self.revision)

    def _has_changed_since(self, revision):
        """Whether somebody has changed an answer of this section."""
        before = at_revision(self.version, revision)
        return before is None or self._own(before) != self._own(content_of(self.version))

    def _own(self, content):
        """The part of ``content`` that this section answers."""
        names = self.section.names
        own = {
            ITSELF: {ITSELF: {name: content[ITSELF][ITSELF][name] for name in names if name in content[ITSELF][ITSELF]}}
        }
        own |= {name: content[name] for name in names if name in content}
        for question in self.section.questions:
            for kind, rows in question.own(content).items():
                own[kind] = own.get(kind, {}) | rows
        open_ones = content.get("unanswered", {})
        return own | {"unanswered": {key: row for key, row in open_ones.items() if row["question"] in names}}

    def show_what_changed(self):
        """What others did meanwhile to answers that I changed too; without such ones, all of it.

        Whoever saves again has been told. Without a base that is all there is to say.
        """
        after = self._own(content_of(self.version))
        changes = changes_between(type(self.version), self.base and self._own(self.base), after)
        both = [change for change in changes if self.merge and self.merge.is_about(change)]
        self.changes = both or changes
        self.told = self.version.revision
        if self.base is None:
            self.revision = self.version.revision

    def accept(self, errors):
        """Show the ``message_dict`` of ``save_draft`` where it belongs."""
        for name, messages in errors.items():
            if not any(bound.accept(name, messages) for bound in self.questions):
                self.non_field_errors += messages


def _stale():
    return ValidationError(_("Somebody else has changed the same answers since you opened this page."), code="stale")
