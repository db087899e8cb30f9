"""The questions of the standard reporting form."""
