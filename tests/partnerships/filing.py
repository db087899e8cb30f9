"""Files of a draft: stored, attached, published with it."""

from partnerships.services.files import attach, store_file
from reviews.workflow import perform
from tests.sample_files import of_kind, upload


def stored_by(person, name="Results 2015.pdf", content=None):
    return store_file(upload(name, content or of_kind(name.rsplit(".", 1)[-1])), by=person)


def with_file(draft, author, **words):
    """The draft with one attachment."""
    words = {"description": "Results", "language": "en"} | words
    return attach(draft, by=author, revision=draft.revision, stored=stored_by(author), **words)


def publish(draft, author, reviewer):
    submitted = perform(draft, "submit", by=author)
    return perform(submitted, "publish", by=reviewer, revision=submitted.revision)


def only_file(draft):
    return draft.attachments.get().stored_file
