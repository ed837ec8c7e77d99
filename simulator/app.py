"""The simulator's web application: a carrier for the worker, a phone for people."""

from __future__ import annotations

from fastapi import FastAPI

from simulator import holdings, phone, rest, wishes
from simulator.account import Account
from simulator.carrier import Carrier


def build_app(account: Account, carrier: Carrier) -> FastAPI:
    """All sides over one memory."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(rest.routes(account, carrier))
    app.include_router(holdings.routes(account, carrier))
    app.include_router(phone.routes(account, carrier))
    app.include_router(wishes.routes(carrier))
    return app
