"""Who is taken out of an organisation gets a mail about it, in their language."""

import pytest
from django.urls import reverse

from notices.demo_mailbox import letter_named, names
from notices.models import OutgoingMail
from notices.sending import sweep
from operators.models import OrganisationMember
from tests import factories
from tests.operators.cast import member_of


@pytest.fixture
def removed(client, db, settings, tmp_path):
    """Somebody who reads Spanish and was taken out by the manager, on the page of the people."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "notices.demo_mailbox.FileBackend", tmp_path
    organisation = factories.OrganisationFactory(name="Aqua Nova")
    user = factories.UserFactory(language="es")
    member = factories.OrganisationMemberFactory(organisation=organisation, user=user)
    manager = member_of(organisation, OrganisationMember.Role.MANAGER)
    client.force_login(manager)
    client.post(reverse("operators:remove", args=[organisation.slug, member.pk]))
    assert not organisation.members.filter(user=user).exists()
    return user


def test_the_mail_arrives_in_the_language_of_its_reader(removed):
    sweep()
    [name] = names()
    letter = letter_named(name)
    assert letter.to == removed.email
    assert letter.subject == "Ya no forma parte de Aqua Nova"
    assert "le ha quitado de Aqua Nova: ya no puede redactar sus fichas." in " ".join(letter.body.split())
    assert "Recibe este correo porque era miembro de esta organización." in " ".join(letter.body.split())


def test_it_stands_among_the_messages_of_the_portal(client, removed):
    assert [mail.kind for mail in OutgoingMail.objects.of(removed)] == ["member-removed"]
    client.force_login(removed)
    assert "Ya no forma parte de Aqua Nova" in client.get("/es/workspace/messages/").content.decode()
