"""What other programs find when they read a public page: search engines, and sites that show a link to it."""
