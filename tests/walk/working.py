"""Every address that opens to people with an account only, crossed with the entries that each of them may open.

What test_own_walk.py comes to by links stands in ``FOLLOWED``, what has nothing to show in ``NOTHING_THERE``; any other
address without rows here fails the walk.
"""

from collections import defaultdict
from itertools import product

from desk.entry_types import ENTRY_TYPES
from operators.models import Organisation
from partnerships.models import PartnershipVersion
from platforms.models import Platform
from reports.models import ReportVersion
from tests.permissions.test_addresses import EXPECTED
from tests.walk.addresses import Address, for_accounts_only

FOLLOWED = {
    "wasco": (
        "account_change_password", "account_email", "account_reauthenticate", "accounts:erase", "accounts:export",
        "accounts:my-data", "alerts:alerts", "desk:confirm", "desk:entry", "desk:step", "desk:workspace",
        "directory:draft-preview", "mfa_index", "notices:message", "notices:messages", "notices:preferences",
        "operators:find", "operators:history", "operators:manage", "operators:people", "operators:register",
        "partnerships:check", "partnerships:draft", "partnerships:files", "partnerships:new", "partnerships:section",
        "partnerships:translation", "reports:check", "reports:draft", "reports:files", "reports:new",
        "reports:section", "reports:translation", "tokens:tokens", "usersessions_list",
    ),
    "sicsm": ("operators:change", "operators:page"),
    "cari-wop": (
        "desk:comment", "desk:queue", "desk:register", "desk:review", "platforms:edit", "platforms:history",
        "platforms:people", "webhooks:new", "webhooks:webhooks",
    ),
    "gwopa": ("desk:error",),
}  # fmt: skip
"""{code of a person: names of the addresses to which links lead at least this person}."""
NOTHING_THERE = {}
"""{name of an address that opens to somebody: why there is nothing to show}."""
OF_AN_ENTRY = (
    "draft", "attachments", "comments", "previews", "assignment", "draft-confirmation", "confirmation", "transitions",
)  # fmt: skip
"""What programs read about an entry at work."""
REFUSALS = (403, 404)
"""Where the person may open the entry and not this of it: said in the reader's language too."""
WORDS = {"partnership": PartnershipVersion, "report": ReportVersion}


def open_to_accounts():
    """Names of the addresses that open to somebody with an account and tell anonymous people nothing."""
    opening = (name for (method, name), by_role in EXPECTED.items() if method == "GET" and "200" in by_role.values())
    return for_accounts_only() & {name.partition("@")[0] for name in opening}


def addresses_at_work(life):
    """{name: [(code of who asks, None for nobody, Address)]}."""
    found = defaultdict(list)
    for code, user in life.people.items():
        for name, arguments in [*_for_programs(user), *_of_entries(user), *_beside(life, user)]:
            found[name].append((code, Address(name, tuple(arguments), refusals=REFUSALS)))
    for code, (name, arguments) in product([None, *life.people], _histories()):
        found[name].append((code, Address(name, tuple(arguments))))
    found["directory:preview"] = [(None, Address("directory:preview", (token,))) for token in life.previews]
    return found


def _for_programs(user):
    yield from [("api:drafts", ()), ("api:queue", ())]
    for kind, model in WORDS.items():
        for version in model.objects.visible_to(user).open():
            name, identity = f"api:{kind}", _identity(version)
            yield from ((f"{name}-{part}", [identity]) for part in OF_AN_ENTRY)
            for file in version.attachments.all():
                yield f"{name}-attachment", [identity, file.key]
                yield f"{name}-attachment-content", [identity, file.key]


def _identity(version):
    return version.partnership.reference if isinstance(version, PartnershipVersion) else version.report_id


def _of_entries(user):
    """The pages of whatever ``user`` may open, in whatever state."""
    for code, kind in ENTRY_TYPES.items():
        for entry in kind.visible_to(user):
            yield "desk:entry", [code, entry.pk]
            yield "desk:review", [code, entry.pk]
            if code in WORDS:
                yield "directory:draft-preview", [code, entry.pk]
            if code in WORDS and entry.is_editable:
                name = f"{kind.model._meta.app_label}:file"
                yield from ((name, [entry.pk, file.key]) for file in entry.attachments.all())


def _beside(life, user):
    """What is nobody's entry."""
    yield from [("alerts:new", ()), ("mfa_list_webauthn", ()), ("tokens:revoke-all", ())]
    yield from (("alerts:rename", [one.pk]) for one in user.saved_filters.all())
    for namespace, book, contact in life.contacts:
        if book.may_keep(user, contact.place):
            yield f"{namespace}:contacts", [contact.place.slug]
            yield f"{namespace}:contact", [contact.place.slug, contact.pk]
    yield "tokens:revoke", [life.tokens[user.email.split("@")[0]].pk]
    if Platform.objects.served_by(user).filter(pk=life.webhook.platform_id):
        place = [life.webhook.platform.slug, life.webhook.pk]
        yield from ((f"webhooks:{page}", place) for page in ("webhook", "edit", "secret", "delete"))
    unclaimed = Organisation.objects.published().filter(members=None).order_by("pk")
    yield from (("operators:join", [one.slug]) for one in unclaimed)
    yield from (("operators:claim", [one.slug]) for one in unclaimed.claimable_by(user))


def _histories():
    """All versions of what has more than one, with what each changed."""
    for kind, model in WORDS.items():
        more = "" if kind == "partnership" else "report-"
        for version in model.objects.visible_history().filter(number__gt=1):
            identity = _identity(version)
            yield f"directory:{more}history", [identity]
            yield from ((f"directory:{more}version", [identity, number]) for number in range(1, version.number + 1))
