"""Whole sets to take away: CSV, XLSX, ZIP, JSON lines and GeoJSON; large ones are made behind the scenes."""
