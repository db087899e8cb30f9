"""What tests/test_recipes.py asks of a copy in which a recipe was followed; no part of the suite itself."""
