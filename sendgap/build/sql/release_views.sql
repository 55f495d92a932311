-- Views kept in the release, over its tables.

-- level: one row per indicator x area x time_period x time_identifier x breakdown
-- x sen_group: the figure used, from the chosen source; shown is what is printed.
create view level as
from observation where is_chosen;
