"""Up to four partnerships or operators side by side: what was asked for, and the rows of the table."""
