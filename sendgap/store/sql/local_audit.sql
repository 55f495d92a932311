-- local_audit: the one row that says how a local database was attacked before it was let out
select *
from audit
