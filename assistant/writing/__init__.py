"""Brief and evidence → a writer → bound, checked drafts."""
