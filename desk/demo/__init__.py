"""A demonstration on one's own machine: accounts with a public password, and a little work waiting in each inbox."""
