"""The documents' names: as commands and links write them, and in words."""

from __future__ import annotations

VISIT_NOTE, FRAMEWORK, ANNUAL = "visit-note", "framework", "annual"
NATIONAL, GROUP, MEETING_SHEET = "national", "group", "meeting-sheet"
OLD_NOTE = "old-note"
NAMES = {
    VISIT_NOTE: "Visit note",
    ANNUAL: "Annual report",
    FRAMEWORK: "Outcomes framework",
    NATIONAL: "National position",
    GROUP: "Group report",
    MEETING_SHEET: "Meeting sheet",
    OLD_NOTE: "Older documents",
}
#: Of how many areas each document is: one, many or none.
AREAS = {
    VISIT_NOTE: "one", ANNUAL: "one", FRAMEWORK: "one", NATIONAL: "none", GROUP: "many",
    MEETING_SHEET: "none", OLD_NOTE: "none",
}  # fmt: skip
#: What a browser is told that a file is.
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
