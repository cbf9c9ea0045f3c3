"""The playbook: customers and events → triggers → actions."""
