"""What may be uploaded: judged by content, never by what the name or the browser says."""

from partnerships.uploads.check import Checked, check_upload
from partnerships.uploads.file_types import ACCEPT, KIND_NAMES

__all__ = ["ACCEPT", "KIND_NAMES", "Checked", "check_upload"]
