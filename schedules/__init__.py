"""When to crawl: the timetable, the daemon and the child processes it starts."""
