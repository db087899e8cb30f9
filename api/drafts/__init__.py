"""Drafts in JSON: how they read, and what of what is sent they understand."""
