"""The filters of public lists: pages, API, map, feeds and exports use the same."""
