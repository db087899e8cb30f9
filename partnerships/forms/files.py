"""One attachment of a draft: a file, or what is known of one that is not held here."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import PartnershipAttachment
from partnerships.models.files import KNOWN_LANGUAGES
from partnerships.services.files import STATED, kept_upload
from partnerships.uploads import ACCEPT, check_upload
from reviews.snapshots import at_revision, content_of
from vocabularies.formatting import language_name
from vocabularies.forms import Choice
from vocabularies.web_addresses import Link

FILE, REFERENCE = "file", "reference"


def languages():
    """Every language that Django can name, by its name in the language of the page."""
    return sorted(((code, language_name(code)) for code in KNOWN_LANGUAGES), key=lambda one: one[1])


def not_kept(name, error):
    """``error`` with the name of the file that it is about: no browser fills it in again."""
    return ValidationError([error, _("“%(name)s” was not kept: choose a file again.") % {"name": name}])


def _words(name, **options):
    """A line of text as long as its column."""
    field = PartnershipAttachment._meta.get_field(name)
    return forms.CharField(max_length=field.max_length, **options)


class AttachmentForm(forms.Form):
    """``row`` is the attachment that is changed, None for a new one; ``by`` may have uploaded its file already."""

    description = _words(
        "description",
        label=gettext_lazy("What it is"),
        help_text=gettext_lazy("As a reader should see it, for example “Presentation of the results, June 2015”."),
    )
    language = Choice(
        of=PartnershipAttachment._meta.get_field("language").verbose_name,
        label=gettext_lazy("Language of the file"),
        required=False,
    )
    held = Choice(
        label=gettext_lazy("Where is the file?"),
        choices=[
            (FILE, gettext_lazy("I upload it here")),
            (REFERENCE, gettext_lazy("It is not held here: only name it")),
        ],
        widget=forms.RadioSelect,
        initial=FILE,
    )
    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)
    stated_type = _words("stated_type", label=gettext_lazy("Its type"), required=False)
    stated_size = _words("stated_size", label=gettext_lazy("Its size"), required=False)
    url = Link(
        label=gettext_lazy("Address where it was published"),
        required=False,
        assume_scheme="https",
        max_length=PartnershipAttachment._meta.get_field("url").max_length,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, by, version, row=None):
        self.row, self.by, self.version = row, by, version
        super().__init__(data, files, initial=self._initial(version, row))
        self.fields["language"].choices = [("", _("Not stated")), *languages()]
        self.kept = kept_upload(self.data.get("ticket"), by=by) if self.is_bound else None

    @staticmethod
    def _initial(version, row):
        known = {"revision": version.revision, "language": version.language}
        if row is None:
            return known
        known |= {name: getattr(row, name) for name in ("description", "language", *STATED, "url")}
        return known | {"held": FILE if row.stored_file_id else REFERENCE}

    @property
    def present_file(self):
        """The StoredFile that stays unless another one is chosen: the kept upload, else that of the row."""
        return self.kept or (self.row.stored_file if self.row else None)

    def clean_upload(self):
        """The upload as checked; None when no file was chosen."""
        upload = self.cleaned_data["upload"]
        if not upload:
            return None
        try:
            return check_upload(upload)
        except ValidationError as error:
            raise not_kept(upload.name, error) from error

    def clean(self):
        words = super().clean()
        if words.get("held") == REFERENCE and words.get("upload"):
            self.add_error("held", _("You chose a file: say that you upload it here, or take the file away."))
        if words.get("held") == FILE and not (words.get("upload") or self.present_file or "upload" in self.errors):
            self.add_error("upload", _("Choose a file, or say above that it is not held here."))
        return words

    def keep(self, stored, ticket):
        """Show ``stored`` as uploaded: the person need not choose the file again."""
        self.data = self.data.copy()
        self.data["ticket"] = ticket
        self.kept = stored

    @property
    def is_overtaken(self):
        """Whether the attachment was changed since these words were typed; a new one can overwrite nothing."""
        if self.row is None:
            return False
        seen = str(self.data.get("revision", ""))
        before = at_revision(self.version, int(seen)) if seen.isdecimal() and len(seen) < 9 else None
        return before is None or self._own(before) != self._own(content_of(self.version))

    def _own(self, content):
        return content.get("attachments", {}).get(str(self.row.key))

    def renew(self, revision):
        """Let the next attempt be made on the entry as it stands now."""
        self.data = self.data.copy()
        self.data["revision"] = revision

    def words(self):
        """What ``partnerships.services.files`` takes, the file beside it."""
        return {name: self.cleaned_data[name] for name in ("description", "language", "url", *STATED)}
