"""The forms of the workspace and the desk."""
