"""The style of a printed page: no controls, charts and tables whole, on A4 on its side.

Streamlit lays a page out as a window that scrolls, of which a printer would take the first
screen. Charts keep the width they have on the screen, so the page is drawn a little smaller
and across the paper, where the widest of them fits.
"""

from __future__ import annotations

#: What is for choosing, opening or leaving, and says nothing on paper.
_CONTROLS = (
    '[data-testid="stSidebar"]', '[data-testid="stHeader"]', '[data-testid="stSkipLink"]',
    '[data-testid="stExpandSidebarButton"]', ".stSelectbox", ".stMultiSelect", ".stTextInput",
    ".stButtonGroup", ".stCheckbox", ".stButton", ".stDownloadButton", ".stPopover",
    ".stRadio", ".stForm", ".st-key-terms", ".st-key-next", ".st-key-examples", ".stExpander",
    '[data-testid="stToolbar"]', '[data-testid="stElementToolbar"]',
)  # fmt: skip
_WHOLE = ".stPlotlyChart, .stTable tr, .linked tr, .tile, li"

PAPER = f"""
@page {{ size: A4 landscape; margin: 10mm; }}
@media print {{
  {", ".join(_CONTROLS)} {{ display: none !important; }}
  html, body, #root, .stApp, .stApp > div, [data-testid="stAppViewContainer"], .stMain,
  .stMainBlockContainer, .stTable > div, .linked, [class*="st-key-wide-"] {{
    position: static !important; display: block !important; overflow: visible !important;
    height: auto !important; max-height: none !important; }}
  .stMain {{ zoom: .86; }}
  .stMainBlockContainer {{ padding: 0 !important; max-width: none !important; }}
  {_WHOLE} {{ break-inside: avoid; }}
  h1, h2, h3 {{ break-after: avoid; }}
  thead {{ display: table-header-group; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
  .st-key-context p::after {{ content: "" !important; }}
}}
@media (prefers-reduced-motion: reduce) {{
  * {{ transition: none !important; animation: none !important; scroll-behavior: auto !important; }}
}}
"""
