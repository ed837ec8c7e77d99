"""Become the engine, with the model of the content in use."""

from __future__ import annotations

import os

from bot.flows.errors import ModelMissing
from bot.flows.published import find_published
from bot.flows.train import find_model
from bot.settings import load
from deploy.stack.parts import start_engine

if __name__ == "__main__":
    settings = load(os.environ)
    model = find_model(find_published(settings.home), settings.home)
    if model is None:
        raise ModelMissing
    start_engine(str(model), settings.engine_port)
