"""The questions of the drafting pages."""
