-- edition_dates: one row per source: the edition that was loaded.
select source_id, edition from edition where edition is not null
