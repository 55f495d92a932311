-- local_about: the one row that says what a local database holds
select about.*, audit.shown, audit.hidden
from about, audit
