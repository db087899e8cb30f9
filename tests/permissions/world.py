"""One of everything that a working address may point to, and everybody who may come there."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Invitation
from api.conditional_requests import tag_of
from api.services import make_token
from desk.models import ErrorReport
from directory.models import SavedFilter
from notices.models import OutgoingMail
from notices.unsubscribe_tokens import token_of
from operators import services as operators
from operators.models import JoinRequest, OrganisationChange, OrganisationContact, OrganisationInvitation
from partnerships.models import Involvement, NamedPlatform, Participant, PartnershipAttachment, Role, StoredFile
from platforms import services as platforms
from platforms.models import PlatformContact, SecretariatInvitation
from reports.models import Report, ReportAttachment, ReportVersion
from reviews.cloning import clone
from reviews.models import Comment, PreviewLink
from reviews.workflow import perform
from tests import factories
from webhooks import signatures
from webhooks.models import Delivery, Webhook

ROLES = ("anonymous", "stranger", "author", "counterpart", "named", "reviewer", "outsider", "overall")
"""anonymous · a person without any membership · a manager of the mentor · an editor of the mentee · a member of the
mentee of a WOP that is not public yet and in which it does not take part · a coordinator of the reviewing platform · a
coordinator of another platform · a coordinator of the global platform."""
TOKEN = "a-token-that-only-the-letter-knows"


class World:
    def __init__(self):
        self.platform = factories.PlatformFactory(countries=["LC"])
        self.other_platform = factories.PlatformFactory(countries=["KE"])
        self.public = factories.published_version()
        self.wop = self.public.partnership
        self.mentor, self.mentee = factories.mentor_of(self.public), factories.mentee_of(self.public)
        self.without_accounts = factories.published_version()
        self.third = factories.OrganisationFactory()
        self._people()
        self._partnerships()
        self._reports()
        self._organisations()
        self._letters()
        self._files()
        self._machines()

    def _people(self):
        def member(organisation, role):
            return factories.OrganisationMemberFactory(organisation=organisation, role=role)

        def secretary(platform):
            return factories.SecretariatMemberFactory(platform=platform, role="coordinator")

        self.manager = member(self.mentor, "manager")
        self.colleague = member(self.mentor, "editor")
        self.secretary = secretary(self.platform)
        factories.SecretariatMemberFactory(platform=self.platform)  # somebody who may decide beside them
        self.users = {
            "anonymous": None,
            "stranger": factories.UserFactory(),
            "author": self.manager.user,
            "counterpart": member(self.mentee, "editor").user,
            "named": member(self.third, "manager").user,
            "reviewer": self.secretary.user,
            "outsider": secretary(self.other_platform).user,
            "overall": secretary(factories.global_platform()).user,
        }

    def _submitted(self):
        """A WOP that nobody has published yet; it names the third organisation, which does not take part."""
        version = factories.VersionFactory(created_by=self.users["author"])
        Participant.objects.create(partnership=version.partnership, organisation=self.mentor)
        for place, (organisation, role) in enumerate([(self.mentor, Role.MENTOR), (self.third, Role.MENTEE)]):
            Involvement.objects.create(version=version, organisation=organisation, role=role, position=place)
        NamedPlatform.objects.create(version=version, platform=self.platform)
        return perform(version, "submit", by=self.users["author"])

    def _partnerships(self):
        self.submitted = self._submitted()
        self.draft = clone(self.public, by=self.users["author"])
        NamedPlatform.objects.create(version=self.draft, platform=self.platform)
        self.comment = Comment.objects.create(entry=self.submitted, text="Which year?", by=self.users["reviewer"])
        self.preview = PreviewLink.objects.create(
            entry=self.submitted,
            token_hash=Invitation.hash_of(TOKEN),
            by=self.users["author"],
            expires_at=timezone.now() + timedelta(days=1),
        )

    def _reports(self):
        self.report = factories.published_report(partnership=self.wop)
        second = Report.objects.create(partnership=self.wop, period="2016")
        self.report_draft = ReportVersion.objects.create(report=second, title="2016", created_by=self.users["author"])

    def _organisations(self):
        self.registration = factories.OrganisationFactory(state="draft", created_by=self.users["stranger"])
        factories.OrganisationMemberFactory(
            organisation=self.registration, user=(founder := factories.UserFactory()), role="manager"
        )
        self.registration = perform(self.registration, "submit", by=founder)
        change = OrganisationChange.objects.create(
            organisation=self.mentor,
            name="A new name",
            kind="operator",
            reason="Renamed by law.",
            country_id="LC",
            created_by=self.users["author"],
        )
        self.change = perform(change, "submit", by=self.users["author"])
        self.request = JoinRequest.objects.create(organisation=self.mentor, user=factories.UserFactory())
        self.edit = operators.save_page(self.mentor, by=self.users["author"], revision=self._now(self.mentor), city="B")
        self.unclaimed = factories.OrganisationFactory()
        self.platform_edit = platforms.save_page(
            self.platform, by=self.users["reviewer"], revision=self._now(self.platform), about="We meet every year."
        )

        for organisation in (self.mentor, self.mentee, self.third, self.unclaimed):
            organisation.fix_reviewing_platform()

    @staticmethod
    def _now(thing):
        thing.refresh_from_db()
        return thing.revision

    def _letters(self):
        valid = {"expires_at": timezone.now() + timedelta(days=1)}
        self.invitation = OrganisationInvitation.objects.create(
            organisation=self.mentor, email="guest@utility.example", token_hash=Invitation.hash_of(TOKEN), **valid
        )
        self.call = SecretariatInvitation.objects.create(
            platform=self.platform, email="guest@utility.example", token_hash=Invitation.hash_of(TOKEN), **valid
        )
        person = {"name": "Ana", "email": "ana@utility.example", "language": "es"}
        self.contact = OrganisationContact.objects.create(organisation=self.mentor, **person)
        self.platform_contact = PlatformContact.objects.create(platform=self.platform, **person)
        author = self.users["author"]
        self.mail = OutgoingMail.objects.create(
            kind="comment", key="matrix", user=author, address=author.email, about=self.comment
        )
        self.unsubscribe = token_of(author)
        self.error = ErrorReport.objects.create(address="/en/", text="A wrong year", platform=self.platform)

    def _files(self):
        def stored(name):
            file = StoredFile(name=name, size=5, media_type="text/plain", sha256="0" * 64)
            file.file.save(name, ContentFile(b"hello"))
            return file

        self.private_file, self.public_file = stored("private.txt"), stored("public.txt")
        self.attachment = PartnershipAttachment.objects.create(
            version=self.draft, description="Private", stored_file=self.private_file
        )
        self.report_attachment = ReportAttachment.objects.create(
            version=self.report_draft, description="Private", stored_file=self.private_file
        )
        ReportAttachment.objects.create(version=self.report, description="Public", stored_file=self.public_file)

    def _machines(self):
        """What people of the portal have for programs."""
        author = self.users["author"]
        self.token, _secret = make_token(
            author, name="Matrix", scopes=["read"], expires_at=timezone.now() + timedelta(days=9)
        )
        self.saved_filter = SavedFilter.objects.create(user=author, name="Matrix", query="country=LC")
        self.webhook = Webhook.objects.create(
            platform=self.platform,
            url="https://receiver.example/",
            events=["published"],
            secret=signatures.sealed(signatures.new_secret()),
        )
        self.delivery = Delivery.objects.create(webhook=self.webhook, event="published", state="sent")

    def tags(self):
        """The ETags of all entries as they are now."""
        entries = (self.draft, self.submitted, self.public, self.without_accounts, self.report, self.report_draft)
        return ", ".join(tag_of(entry) for entry in entries)
