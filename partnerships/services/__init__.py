"""What is done with partnerships: the only writers of their tables."""

from partnerships.services.drafting import save_draft, start_new_version, start_partnership

__all__ = ["save_draft", "start_new_version", "start_partnership"]
