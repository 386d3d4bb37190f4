# /etc/detente/gunicorn.conf.py: the desk's processes, as `detente desk` starts them, on a socket that nginx may open
bind = "unix:/run/detente/desk.sock"
umask = 0o007
workers = 4
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 20
keepalive = 30
max_requests = 20_000
max_requests_jitter = 2_000
proc_name = "detente-desk"
loglevel = "warning"
errorlog = "-"
