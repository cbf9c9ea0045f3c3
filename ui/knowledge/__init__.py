"""The page of the knowledge: what the script may ask (asking, deciding) and how it is drawn (everything else)."""
