-- A view kept in the release, once over benchmark_both and once over profile_both: one row per
-- indicator x time_period x time_identifier x breakdown x sen_group x measure x reference
-- x vintage x local authority. The tables keep both vintages in a row. profile_both is the
-- latest rows of the benchmark sorted by area, for one-area pages.
create view {name} as
select *
    exclude (
        neighbour_mean_2021, neighbour_pooled_2021, neighbour_count_2021, neighbour_min_2021,
        neighbour_max_2021, position_neighbours_2021, position_basis_2021
    ) rename (
        neighbour_mean_2025 as neighbour_mean, neighbour_pooled_2025 as neighbour_pooled,
        neighbour_count_2025 as neighbour_count, neighbour_min_2025 as neighbour_min,
        neighbour_max_2025 as neighbour_max, position_neighbours_2025 as position_neighbours,
        position_basis_2025 as position_basis
    ), '2025-05' as vintage
from {name}_both
union all by name
select *
    exclude (
        neighbour_mean_2025, neighbour_pooled_2025, neighbour_count_2025, neighbour_min_2025,
        neighbour_max_2025, position_neighbours_2025, position_basis_2025
    ) rename (
        neighbour_mean_2021 as neighbour_mean, neighbour_pooled_2021 as neighbour_pooled,
        neighbour_count_2021 as neighbour_count, neighbour_min_2021 as neighbour_min,
        neighbour_max_2021 as neighbour_max, position_neighbours_2021 as position_neighbours,
        position_basis_2021 as position_basis
    ), '2021-04' as vintage
from {name}_both;
