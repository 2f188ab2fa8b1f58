"""The console: the screens of the hub in a browser, over the admin API's own code path."""
