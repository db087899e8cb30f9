"""Why an organisation is public or not, in a sentence."""

from django.utils.translation import gettext as _

from reviews.states import State


def why_public(organisation):
    """What its state means, and who has to act."""
    platform = organisation.reviewing_platform or organisation.route() or _("the secretariat")
    if organisation.state == State.DRAFT and not organisation.members.exists():
        return _("Not public: it was added with a partnership, and is published together with it.")
    return _WORDS[organisation.state]() % {"platform": platform}


_WORDS = {
    State.DRAFT: lambda: _("Not public: the registration was not submitted, or was taken back."),
    State.SUBMITTED: lambda: _("Not public yet: the registration waits for %(platform)s."),
    State.CHANGES_REQUESTED: lambda: _("Not public yet: %(platform)s has asked for changes."),
    State.PUBLISHED: lambda: _("Public: it stands in the register, and its page is open to everybody."),
    State.SUPERSEDED: lambda: _("Not public: replaced by a newer one."),
    State.REJECTED: lambda: _("Not public: %(platform)s has rejected the registration."),
    State.ARCHIVED: lambda: _("No longer public: %(platform)s has archived it."),
    State.DISCARDED: lambda: _("Not public: the registration was discarded."),
}
