"""What answers a case: the writer, the checks, the search, the playbook, a model, or the case itself."""
