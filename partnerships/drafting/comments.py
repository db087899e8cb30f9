"""Where the remarks on a draft stand: at the question that they are about, or at its row."""

from functools import cached_property

from reviews.comments import unsettled


class DraftComments:
    """The Threads on ``version`` that nobody has settled; only those on single rows are found without its DraftData."""

    def __init__(self, version, answers=None):
        self.version, self.answers = version, answers

    @cached_property
    def threads(self):
        return unsettled(self.version)

    def at(self, question):
        """Those on a question as a whole, and on rows of it that have no place of their own on the page."""
        has_places = bool(getattr(question, "columns", ()))
        return self._about(question.names, set() if has_places else question.keys(self.answers))

    def at_row(self, key):
        return self._about((), {str(key)} if key else set())

    def within(self, section):
        """All those on what a section asks."""
        keys = {str(row.key) for name in section.relations for row in self.answers.rows(name)}
        return self._about(section.names, keys.union(*(question.keys(self.answers) for question in section.questions)))

    def elsewhere(self, sections):
        """Those on the entry as a whole, and on what is no longer there."""
        placed = {id(thread) for section in sections for thread in self.within(section)}
        return [thread for thread in self.threads if id(thread) not in placed]

    def _about(self, names, keys):
        places = [(thread, *thread.place) for thread in self.threads]
        return [thread for thread, key, field in places if (key in keys if key else field in names)]
