"""What the demonstration has nothing of: versions one after another, files, links for outsiders, tokens, a webhook."""

from dataclasses import dataclass, field

from operators.models import Organisation
from operators.services.contacts import CONTACTS
from partnerships.models import Participant
from platforms.services.contacts import CONTACTS as PLATFORM_CONTACTS
from reviews.cloning import clone
from reviews.services import make_preview
from reviews.workflow import perform
from tests.api.people import token_for
from tests.everything import everything
from webhooks import signatures
from webhooks.models import Webhook

CONTACTS_OF = [("operators", CONTACTS, "sicsm"), ("platforms", PLATFORM_CONTACTS, "cari-wop")]


@dataclass
class Life:
    """``people``: {code: User} of the demonstration; ``secrets``: {code: what opens everything to their programs}."""

    people: dict
    secrets: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    previews: list = field(default_factory=list)
    webhook: Webhook = None
    contacts: list = field(default_factory=list)
    """[(namespace of the addresses, ContactBook, contact)]"""


def lived(people):
    """The Life of ``people``: an entry and its report without anything left empty, changed, published, begun anew."""
    life = Life(people)
    for entry in everything():
        _join(entry, people["sicsm"])
        changed = _published_anew(entry, people)
        draft = clone(changed, by=people["sicsm"])
        life.previews.append(make_preview(draft, by=people["sicsm"], note="A donor")[1])
    for code, user in people.items():
        life.tokens[code], life.secrets[code] = token_for(user)
    people["sicsm"].saved_filters.create(name="The region", query="country=LC")
    platform = people["cari-wop"].secretariats.get().platform
    life.webhook = Webhook.objects.create(
        platform=platform,
        url="https://receiver.example/",
        events=["published"],
        secret=signatures.sealed(signatures.new_secret()),
    )
    life.contacts = [_contact(*place, people) for place in CONTACTS_OF]
    return life


def _contact(namespace, book, code, people):
    """The first contact of the place that ``code`` looks after."""
    by = people[code]
    place = by.organisations.get().organisation if namespace == "operators" else by.secretariats.get().platform
    words = {"name": "Ana Luz", "function": "Planner", "email": f"ana@{namespace}.example", "language": "es"}
    return namespace, book, book.enter(place, by=by, agreed=True, **words)


def _join(entry, user):
    """``user`` writes the entry from now on."""
    organisation = Organisation.objects.get(members__user=user)
    partnership = getattr(entry, "partnership", None) or entry.report.partnership
    Participant.objects.get_or_create(partnership=partnership, organisation=organisation)


def _published_anew(entry, people):
    """The next version of ``entry``, with other words and a source fewer, published by the global platform."""
    draft = clone(entry, by=people["sicsm"])
    type(draft).objects.filter(pk=draft.pk).update(title=f"{draft.title}, continued", note="")
    draft.sources.order_by("-pk").first().delete()
    draft.refresh_from_db()
    submitted = perform(draft, "submit", by=people["sicsm"])
    return perform(submitted, "publish", by=people["gwopa"], revision=submitted.revision)
