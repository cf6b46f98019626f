"""Serves moto, one request at a time: its conditional writes and transactions are not atomic among threads."""

import sys
from threading import Lock

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

moto = DomainDispatcherApplication(create_backend_app)
one_at_a_time = Lock()


def application(environ, start_response):
    with one_at_a_time:
        return list(moto(environ, start_response))


class RequestHandler(MotoRequestHandler):
    # Headers and body are sent apart: without this the second waits 40 ms for the first to be acknowledged
    disable_nagle_algorithm = True


run_simple(sys.argv[1], int(sys.argv[2]), application, threaded=True, request_handler=RequestHandler)
