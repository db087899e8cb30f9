"""Which organisations who sees."""

from reviews.querysets import ReviewableQuerySet

OPERATOR_KINDS = (
    "operator",
    "public-utility",
    "private-operator",
    "city-department",
    "syndicate",
    "asset-holder",
    "cooperative",
)


class OrganisationQuerySet(ReviewableQuerySet):
    def operators(self):
        """Those that run or own water services; counts of operators leave the other kinds out."""
        return self.filter(kind__in=OPERATOR_KINDS)

    def named(self, text):
        """Those whose key, full name or acronym is ``text``: how the register's files name them."""
        found = self.filter(key=text) | self.filter(name__iexact=text) | self.filter(acronym__iexact=text)
        return found.distinct()
