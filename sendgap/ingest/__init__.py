"""Publishers' files in: recognised, screened and written to ``data/published``."""
