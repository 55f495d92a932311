-- changed_values: one row per figure (indicator, area, period, breakdown, group, source) that two
-- releases print differently or only one of them holds; compared to the sixth decimal.
with pair as (
    select indicator_id, area_code, time_period, time_identifier, breakdown, sen_group, source_id,
        round(older.value, 6) as value_before, round(newer.value, 6) as value_after,
        coalesce(older.value_text, older.symbol) as word_before,
        coalesce(newer.value_text, newer.symbol) as word_after
    from newer.observation newer
    full join older.observation older using (
        indicator_id, area_code, time_period, time_identifier, breakdown, sen_group, source_id
    )
)
select * from pair
where value_before is distinct from value_after or word_before is distinct from word_after
order by indicator_id, abs(coalesce(value_after, 0) - coalesce(value_before, 0)) desc, area_code, time_period, breakdown, sen_group, source_id
