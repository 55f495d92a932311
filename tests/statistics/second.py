"""The closed formulas a second time, in SQL: one named column for each step.

Nothing of sendgap is used. Intervals are at 95%; a missing number is NULL, so limits are
kept within bounds by ``case``: DuckDB's ``greatest`` and ``least`` pass over NULL.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

Z = "1.959963984540054::double"

#: Wilson's limits of a proportion in the textbook's form, for the columns x{0} and n{0}.
WILSON_STEPS = """
    x{0} / n{0} as p{0},
    {z} * sqrt({z} * {z} + 4 * x{0} * (1 - x{0} / n{0})) as root{0},
    2 * x{0} + {z} * {z} as middle{0},
    2 * (n{0} + {z} * {z}) as below{0},
    case when x{0} = 0 then p{0} else (middle{0} - root{0}) / below{0} end as l{0},
    case when x{0} = n{0} then p{0} else (middle{0} + root{0}) / below{0} end as u{0}"""

WILSON = f"""
select p1 as value, l1 as lower, u1 as upper from (
    select *, {WILSON_STEPS.format(1, z=Z)} from given)
"""

NEWCOMBE = f"""
select p1 - p2 as value, value - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2) as low,
    value + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2) as high,
    case when low < -1 then -1 else low end as lower,
    case when high > 1 then 1 else high end as upper
from (
    select *, {WILSON_STEPS.format(1, z=Z)}, {WILSON_STEPS.format(2, z=Z)} from given)
"""

#: The change of reference 1 minus SEN 2 from reference 3 minus SEN 4: one sum of four terms.
CHANGE = f"""
select p1 - p2 - p3 + p4 as value,
    value - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2 + (u3 - p3) ** 2 + (p4 - l4) ** 2) as lower,
    value + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2 + (p3 - l3) ** 2 + (u4 - p4) ** 2) as upper
from (select *, {", ".join(WILSON_STEPS.format(n, z=Z) for n in (1, 2, 3, 4))} from given)
"""

BYAR = f"""
with steps as (
    select *, x * (1 - 1 / (9 * x) - {Z} / (3 * sqrt(x))) ** 3 as low,
        (x + 1) * (1 - 1 / (9 * (x + 1)) + {Z} / (3 * sqrt(x + 1))) ** 3 as high
    from (select x1 as x from given))
select x as value, case when x = 0 then 0 when low >= 0 then low end as lower, high as upper
from steps
"""


def answers(query: str, given: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The query's columns over the given ones, NULL as NaN both ways."""
    frame = pd.DataFrame({"row": np.arange(len(next(iter(given.values())))), **given})
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        null = ", ".join(f"case when not isnan({name}) then {name} end as {name}" for name in given)
        connection.execute(f'create table given as select {null} from frame order by "row"')
        made = connection.execute(query).fetchnumpy()
    return {name: np.ma.filled(column.astype(float), np.nan) for name, column in made.items()}
