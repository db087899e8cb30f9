"""The link below a mail by which its reader does without optional mails, signed in or not."""

from django.core import signing

SALT = "notices.unsubscribe"


def token_of(user):
    """Says who unsubscribes; works until ``SECRET_KEY`` changes, since mails are read late."""
    return signing.dumps(user.pk, salt=SALT)


def user_id_of(token):
    """The primary key of the User; None when the link was not made by us."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
