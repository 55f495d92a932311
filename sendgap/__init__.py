"""sendgap: how far children with special educational needs are behind, and whether it closes."""
