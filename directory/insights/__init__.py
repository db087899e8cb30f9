"""What the published partnerships tell together: figures, their words and their pictures."""
