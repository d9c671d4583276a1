"""The reading room: a case in the browser, and the same views as JSON and CSV."""
