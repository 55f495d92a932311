-- local_all_cells: every cell as it was let out, in its order
select *
from cell
