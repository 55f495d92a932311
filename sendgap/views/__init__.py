"""One question, one frozen view model: its figures, sentence, notes, table and sources."""
