"""What paper can draw of a figure; anything else that has a meaning is refused.

Each entry names what is read, or what may be left aside because it only matters under a
pointer. A value that a tuple lists is drawn, others are not.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np

Spec = dict[str, Any]


class PaperError(ValueError):
    """A figure says something that paper does not know how to draw."""


ANY: Any = object()

FONT = {"family": ANY, "size": ANY, "color": ANY, "weight": ANY}
LINE = {"color": ANY, "width": ANY, "dash": ANY, "shape": ("linear", "hv"), "simplify": ANY}
EDGE = {"color": ANY, "width": ANY, "dash": ANY}
PATTERN = {"shape": ("", "/", "\\", "x", "-", "|", "+", "."), "fgcolor": ANY, "bgcolor": ANY,
           "size": ANY, "solidity": ANY, "fillmode": ("replace", "overlay"),
           "fgopacity": ANY}  # fmt: skip
MARKER = {"color": ANY, "symbol": ANY, "size": ANY, "opacity": ANY, "angle": (0,),
          "line": {"color": ANY, "width": ANY}, "pattern": PATTERN, "sizemode": ("diameter",),
          "showscale": (False,)}  # fmt: skip
ERROR = {"type": ("data",), "array": ANY, "arrayminus": ANY, "symmetric": ANY, "visible": ANY,
         "color": ANY, "thickness": ANY, "width": ANY}  # fmt: skip
#: What a trace may say that a still picture has no use for.
ASIDE = {key: ANY for key in ("name", "meta", "uid", "ids", "customdata", "hoverinfo", "hovertext",
                              "hovertemplate", "hoverlabel", "hoveron", "legendgroup",
                              "showlegend", "selected", "unselected")}  # fmt: skip
TRACE = {"type": ANY, "visible": ANY, "opacity": ANY, "xaxis": ANY, "yaxis": ANY, "x": ANY,
         "y": ANY} | ASIDE  # fmt: skip
TRACES: dict[str, Spec] = {
    "scatter": TRACE | {
        "mode": ANY, "line": LINE, "marker": MARKER, "text": ANY, "textfont": FONT,
        "textposition": ANY, "fill": ("none", "toself"), "fillcolor": ANY, "cliponaxis": ANY,
        "connectgaps": ANY, "error_x": ERROR, "error_y": ERROR,
    },
    "bar": TRACE | {
        "orientation": ("h", "v"), "base": ANY, "width": ANY, "offset": ANY, "marker": MARKER,
        "text": ANY, "textfont": FONT, "insidetextfont": FONT, "outsidetextfont": FONT,
        "textposition": ANY, "textangle": (0,), "insidetextanchor": ANY, "cliponaxis": ANY,
        "constraintext": ("none",), "error_x": ERROR, "error_y": ERROR, "alignmentgroup": ANY,
        "offsetgroup": ANY,
    },
    "waterfall": TRACE | {
        "measure": ANY, "base": ANY, "orientation": ("v",), "cliponaxis": ANY, "width": ANY,
        "increasing": {"marker": MARKER}, "decreasing": {"marker": MARKER},
        "totals": {"marker": MARKER}, "textposition": ("none",),
        "connector": {"line": EDGE, "mode": ("between",), "visible": ANY},
    },
    "heatmap": TRACE | {
        "z": ANY, "colorscale": ANY, "zmin": ANY, "zmax": ANY, "xgap": ANY, "ygap": ANY,
        "text": ANY, "texttemplate": ("%{text}", ""), "textfont": FONT, "showscale": (False,),
        "hoverongaps": ANY, "zsmooth": (False,), "zauto": ANY,
    },
}  # fmt: skip
TITLE = {"text": ANY, "font": FONT, "standoff": ANY}
AXIS: Spec = {
    "anchor": ANY, "automargin": (False,), "autorange": (False, "reversed"), "categoryarray": ANY,
    "categoryorder": ("array", "trace"), "color": ANY, "constrain": ANY, "constraintoward": ANY,
    "domain": ANY, "fixedrange": ANY, "gridcolor": ANY, "griddash": ANY, "gridwidth": ANY,
    "layer": ANY, "linecolor": ANY, "linewidth": ANY, "matches": ANY, "overlaying": ANY,
    "minor": {"tickvals": ANY, "ticks": ANY, "ticklen": ANY, "tickcolor": ANY, "tickwidth": ANY,
              "showgrid": (False,)},
    "range": ANY, "scaleanchor": ANY, "scaleratio": ANY, "showgrid": ANY, "showline": ANY,
    "showticklabels": ANY, "side": ANY, "tickangle": (0, "auto"), "tickcolor": ANY,
    "tickfont": FONT, "ticklen": ANY, "tickmode": ("array",), "ticks": ANY, "ticktext": ANY,
    "tickvals": ANY, "tickwidth": ANY, "title": TITLE, "type": ("linear", "log", "category", "-"),
    "visible": ANY, "zeroline": ANY, "zerolinecolor": ANY, "zerolinewidth": ANY,
    "hoverformat": ANY, "showspikes": (False,), "ticklabelstandoff": ANY, "ticklabelshift": (0,),
}  # fmt: skip
SHAPE: Spec = {
    "type": ("line", "rect", "path", "circle"), "xref": ANY, "yref": ANY, "x0": ANY, "x1": ANY,
    "y0": ANY, "y1": ANY, "path": ANY, "layer": ANY, "line": EDGE, "fillcolor": ANY,
    "opacity": ANY, "visible": ANY, "name": ANY, "fillrule": ANY, "editable": ANY,
    "xsizemode": ("scaled",), "ysizemode": ("scaled",),
}  # fmt: skip
ANNOTATION: Spec = {
    "text": ANY, "x": ANY, "y": ANY, "xref": ANY, "yref": ANY, "xanchor": ANY, "yanchor": ANY,
    "xshift": ANY, "yshift": ANY, "align": ANY, "textangle": ANY, "font": FONT, "bgcolor": ANY,
    "bordercolor": ANY, "borderpad": ANY, "borderwidth": ANY, "opacity": ANY, "visible": ANY,
    "showarrow": (False,), "name": ANY, "hovertext": ANY, "captureevents": ANY, "hoverlabel": ANY,
}  # fmt: skip
LAYOUT: Spec = {
    "height": ANY, "width": ANY, "margin": ANY, "paper_bgcolor": ANY, "plot_bgcolor": ANY,
    "font": FONT, "showlegend": (False,), "bargap": ANY, "bargroupgap": (0,),
    "barmode": ("overlay", "stack", "relative", "group"), "waterfallgap": ANY,
    "waterfallmode": ANY, "autosize": ANY, "hovermode": ANY, "hoverlabel": ANY, "dragmode": ANY,
    "hoverdistance": ANY, "clickmode": ANY, "uirevision": ANY, "meta": ANY, "separators": ANY,
    "template": {"layout": {"colorway": ANY}, "data": {}}, "selectdirection": ANY,
    "transition": ANY, "modebar": ANY, "newselection": ANY, "activeselection": ANY,
}  # fmt: skip


def checked(figure: Mapping[str, Any]) -> Spec:
    """The figure with plain lists for its arrays; raises :class:`PaperError` for what paper
    does not know."""
    spec: Spec = _plain(figure)
    layout = spec.get("layout", {})
    for trace in spec["data"]:
        kind = trace.get("type", "scatter")
        if kind not in TRACES:
            raise PaperError(f"paper does not draw a {kind} trace")
        _check(trace, TRACES[kind], kind)
    for key, value in layout.items():
        if key[:5] in ("xaxis", "yaxis"):
            _check(value, AXIS, key)
        elif key in ("shapes", "annotations"):
            for each in value:
                _check(each, SHAPE if key == "shapes" else ANNOTATION, key)
        else:
            _check({key: value}, LAYOUT, "layout")
    if "height" not in layout:
        raise PaperError("a figure needs its height")
    return spec


def _check(said: Mapping[str, Any], known: Mapping[str, Any], where: str) -> None:
    for key, value in said.items():
        if value is None:
            continue
        if key not in known:
            raise PaperError(f"paper does not draw {where}.{key} ({value!r})")
        if isinstance(known[key], dict):
            _check(value, known[key], f"{where}.{key}")
        elif isinstance(known[key], tuple):
            _check_value(value, known[key], f"{where}.{key}")


def _check_value(value: Any, allowed: tuple[Any, ...], where: str) -> None:
    odd = [v for v in (value if isinstance(value, list) else [value]) if v not in allowed]
    if odd:
        raise PaperError(f"paper does not draw {where} = {odd[0]!r}")


def _plain(value: Any) -> Any:
    """Lists and dicts only: plotly packs numeric arrays as text."""
    if isinstance(value, Mapping):
        if "bdata" in value:
            found = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
            if shape := value.get("shape"):
                found = found.reshape([int(n) for n in str(shape).split(",")])
            return _plain(found)
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value != value:
        return None
    return value
