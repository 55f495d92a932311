"""Disclosure control: no figure shown tells anything about fewer than six children.

The attacker is assumed to know every shown figure exactly (a percentage of up to a thousand
pupils gives its number away), how units, groups and years add up, that numbers are whole,
and the authority's own figures. From these every hidden number must look as if it could be
0 and could be 6 or more.

- :mod:`~sendgap.local.disclosure.grid` lays out which cells there are;
- :mod:`~sendgap.local.disclosure.rules` hides what must not be shown by itself (R2 to R4);
- :mod:`~sendgap.local.disclosure.protect` hides what would give it away (R5);
- :mod:`~sendgap.local.disclosure.audit` attacks the result and closes the gate (R6);
- :mod:`~sendgap.local.disclosure.publish` runs them in order and makes the cells.
"""
