"""Serves moto, one request at a time: its conditional writes and transactions are not atomic among threads.

Keys sign what they are given as a hash, as KMS does for `MessageType=DIGEST`, which moto passes over: all our signers send one.
"""

import sys
from threading import Lock

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from moto.kms.utils import ECDSAPrivateKey
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

ECDSAPrivateKey.sign = lambda self, message, _: self.private_key.sign(message, ec.ECDSA(Prehashed(hashes.SHA256())))

moto = DomainDispatcherApplication(create_backend_app)
one_at_a_time = Lock()


def application(environ, start_response):
    with one_at_a_time:
        return list(moto(environ, start_response))


class RequestHandler(MotoRequestHandler):
    # Headers and body are sent apart: without this the second waits 40 ms for the first to be acknowledged
    disable_nagle_algorithm = True


run_simple(sys.argv[1], int(sys.argv[2]), application, threaded=True, request_handler=RequestHandler)
