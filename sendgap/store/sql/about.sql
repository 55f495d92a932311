-- about: the release's id.
select release_id from about
