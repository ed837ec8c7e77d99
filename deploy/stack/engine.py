"""Become the engine with the model that the command line names."""

from __future__ import annotations

import os
import sys

from bot.settings import load
from deploy.stack.parts import start_engine

if __name__ == "__main__":
    start_engine(sys.argv[1], load(os.environ).engine_port)
